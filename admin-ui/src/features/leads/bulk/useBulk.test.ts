import { act, renderHook } from '@testing-library/react';
import { CombinedError } from 'urql';
import { beforeEach, expect, it, vi } from 'vitest';
import { aLead } from '../fixtures';
import { text } from './text';
import { useBulk } from './useBulk';

const mutation = vi.fn();
const client = { mutation, query: () => ({ toPromise: () => Promise.resolve({}) }) };
vi.mock('urql', async (original) => ({ ...(await original<object>()), useClient: () => client }));
const show = vi.hoisted(() => vi.fn());
vi.mock('@mantine/notifications', () => ({ notifications: { show, hide: () => {} } }));

const leads = [aLead('a'), aLead('b', { version: 4 })];
const stale = { code: 'CONFLICT', message: 'Somebody changed this lead meanwhile.', path: [] };

beforeEach(() => {
  mutation.mockReset();
  show.mockReset();
});

const used = () => {
  const onChanged = vi.fn();
  const onDone = vi.fn();
  const hook = renderHook(() => useBulk(onChanged, onDone));
  return { result: hook.result, onChanged, onDone };
};

it('names each lead with the version that was seen, and keeps what was not done', async () => {
  const lines = [
    { lead: leads[0], problem: null },
    { lead: leads[1], problem: stale },
  ];
  mutation.mockResolvedValue({ data: { bulkCloseLeads: { bulk: { undo: 'token', leads: lines }, userErrors: [] } } });
  const { result, onChanged, onDone } = used();
  await act(() => result.current.closeAsSpam(leads));
  const named = [
    { id: 'a', version: 1 },
    { id: 'b', version: 4 },
  ];
  expect(mutation.mock.calls[0]?.[1]).toEqual({ input: { leads: named, outcome: 'SPAM' } });
  expect(onDone).toHaveBeenCalledWith(['a']);
  expect(onChanged).toHaveBeenCalledOnce();
  expect(result.current.problems).toEqual(['HS-b: Somebody changed this lead meanwhile.']);
  expect(show).toHaveBeenCalledOnce();
});

it('does nothing twice', async () => {
  mutation.mockResolvedValue({ data: { bulkCloseLeads: { bulk: { undo: null, leads: [] }, userErrors: [] } } });
  const { result } = used();
  await act(async () => {
    await Promise.all([result.current.closeAsSpam(leads), result.current.closeAsSpam(leads)]);
  });
  expect(mutation).toHaveBeenCalledOnce();
  expect(show).not.toHaveBeenCalled();
});

it('says why nothing was done', async () => {
  mutation.mockResolvedValue({ data: undefined, error: undefined });
  const { result, onDone } = used();
  await act(() => result.current.assign(leads, null, text.queued));
  expect(result.current.problems).toEqual([text.failed]);
  expect(onDone).not.toHaveBeenCalled();
});

it('offers to take it back again when nobody heard', async () => {
  const line = { lead: leads[0], problem: null };
  mutation.mockResolvedValueOnce({
    data: { bulkCloseLeads: { bulk: { undo: 'token', leads: [line] }, userErrors: [] } },
  });
  const { result } = used();
  await act(() => result.current.closeAsSpam(leads));
  const takeBack = (call: number) => act(() => show.mock.calls[call]?.[0].message.props.children[1].props.onClick());
  mutation.mockResolvedValueOnce({ error: new CombinedError({ networkError: new Error('away') }) });
  await takeBack(0);
  mutation.mockResolvedValueOnce({ data: { undoBulkLeads: { bulk: { undo: null, leads: [line] }, userErrors: [] } } });
  await takeBack(1);
  expect(mutation.mock.calls.slice(1).map(([, variables]) => variables)).toEqual([
    { input: { token: 'token' } },
    { input: { token: 'token' } },
  ]);
  expect(show).toHaveBeenLastCalledWith({ message: text.undone(1) });
});

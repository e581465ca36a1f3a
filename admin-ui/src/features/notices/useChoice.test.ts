import { notifications } from '@mantine/notifications';
import { act, renderHook } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import type { Choice } from './queries';
import { useChoice } from './useChoice';

type Answer = { data?: { updateLeadNotices: { notices: Choice | null; userErrors: { message: string }[] } } };

/** A server that answers when it is told to. */
const asked: { input: Choice; answer: (answer: Answer) => void }[] = [];
const client = {
  mutation: (_: unknown, { input }: { input: Choice }) =>
    new Promise<Answer>((answer) => asked.push({ input, answer })),
};
vi.mock('urql', async (original) => ({ ...(await original<typeof import('urql')>()), useClient: () => client }));
vi.mock('@mantine/notifications', () => ({ notifications: { show: vi.fn() } }));

beforeEach(() => {
  asked.length = 0;
  vi.mocked(notifications.show).mockClear();
});

const none: Choice = { received: false, urgent: false, due: false, assigned: false };
const open = () => {
  const { result } = renderHook(() => useChoice(none));
  return {
    shown: () => result.current.shown,
    choose: (part: Partial<Choice>) => act(() => void result.current.choose(part)),
  };
};
const take = (place: number) =>
  act(async () =>
    asked[place]?.answer({ data: { updateLeadNotices: { notices: asked[place].input, userErrors: [] } } }),
  );
const refuse = (place: number) =>
  act(async () =>
    asked[place]?.answer({ data: { updateLeadNotices: { notices: null, userErrors: [{ message: 'Not now.' }] } } }),
  );

it('shows at once what is chosen, and puts it back with a message when it is refused', async () => {
  const at = open();
  at.choose({ due: true });
  expect(at.shown()).toEqual({ ...none, due: true });
  await refuse(0);
  expect(at.shown()).toEqual(none);
  expect(notifications.show).toHaveBeenCalledExactlyOnceWith({ color: 'red', message: 'It was not saved: Not now.' });
});

it('sends one after another, so that what was pressed last stands', async () => {
  const at = open();
  at.choose({ due: true });
  at.choose({ urgent: true });
  at.choose({ due: false });
  expect(asked).toHaveLength(1);
  await take(0);
  expect(at.shown()).toEqual({ ...none, urgent: true });
  expect(asked.map(({ input }) => input)).toEqual([
    { ...none, due: true },
    { ...none, urgent: true },
  ]);
  await take(1);
  expect(at.shown()).toEqual({ ...none, urgent: true });
  expect(notifications.show).not.toHaveBeenCalled();
});

it('goes back to what was saved last, not to what was read', async () => {
  const at = open();
  at.choose({ due: true });
  await take(0);
  at.choose({ urgent: true });
  await refuse(1);
  expect(at.shown()).toEqual({ ...none, due: true });
});

import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionState, Viewer } from '~/gql/session';
import { useReveal } from './useReveal';

const viewer = {} as Viewer;
let session: SessionState = { kind: 'in', viewer };
vi.mock('~/gql/session', () => ({ useSession: () => session }));

const person = {
  name: 'Sample Visitor',
  phone: null,
  phoneDisplay: null,
  email: null,
  message: '',
  insurance: '',
  underAge: 'NOT_SAID' as const,
  bestTime: '',
  tasks: [],
  policy: null,
  referrals: [],
  patient: null,
};
const minute = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
  session = { kind: 'in', viewer };
});
afterEach(() => vi.useRealTimers());

const shown = () => {
  const hook = renderHook(useReveal);
  act(() => hook.result.current.show(person));
  expect(hook.result.current.revealed?.person.name).toBe('Sample Visitor');
  return hook;
};

describe('a revealed person', () => {
  it('is mended without being shown for longer', () => {
    const { result } = shown();
    const until = result.current.revealed?.until;
    act(() => vi.advanceTimersByTime(minute));
    act(() => result.current.mend({ insurance: 'Sample Health' }));
    expect(result.current.revealed).toEqual({ person: { ...person, insurance: 'Sample Health' }, until });
    act(() => result.current.hide());
    act(() => result.current.mend({ insurance: 'Sample Health' }));
    expect(result.current.revealed).toBeNull();
  });

  it('is hidden again after ten minutes, and not before', () => {
    const { result } = shown();
    act(() => vi.advanceTimersByTime(10 * minute - 1));
    expect(result.current.revealed).not.toBeNull();
    act(() => vi.advanceTimersByTime(1));
    expect(result.current.revealed).toBeNull();
  });

  it('is hidden when a machine wakes up later than that', () => {
    const { result } = shown();
    vi.setSystemTime(Date.now() + 11 * minute);
    act(() => void document.dispatchEvent(new Event('visibilitychange')));
    expect(result.current.revealed).toBeNull();
  });

  it('is hidden on request, and when the page is left', () => {
    const first = shown();
    act(() => first.result.current.hide());
    expect(first.result.current.revealed).toBeNull();
    const second = shown();
    act(() => void window.dispatchEvent(new Event('pagehide')));
    expect(second.result.current.revealed).toBeNull();
  });

  it('does not outlive the session, even when the same person signs in again', () => {
    const { result, rerender } = shown();
    session = { kind: 'expired', viewer };
    rerender();
    expect(result.current.revealed).toBeNull();
    session = { kind: 'in', viewer };
    rerender();
    expect(result.current.revealed).toBeNull();
  });
});

import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useTick } from './useTick';

const start = Date.UTC(2026, 10, 24, 10);
let visibility: DocumentVisibilityState = 'visible';
const becomes = (next: DocumentVisibilityState) => {
  visibility = next;
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
};
const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));
const since = (result: { current: number }) => result.current - start;

beforeEach(() => {
  vi.useFakeTimers({ now: start });
  visibility = 'visible';
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('the present', () => {
  it('moves every second while somebody reads seconds, else twice a minute', () => {
    const { result, rerender } = renderHook(({ fast }) => useTick(() => fast), { initialProps: { fast: false } });
    pass(29_000);
    expect(since(result)).toBe(0);
    pass(1_000);
    expect(since(result)).toBe(30_000);
    rerender({ fast: true });
    pass(1_000);
    expect(since(result)).toBe(31_000);
  });

  it('does not step back once the seconds are over', () => {
    const { result } = renderHook(() => useTick((now) => now < start + 10_000));
    pass(9_000);
    expect(since(result)).toBe(9_000);
    pass(31_000);
    expect(since(result)).toBeGreaterThanOrEqual(30_000);
  });

  it('rests while nobody sees it, and is right again at once', () => {
    const { result, unmount } = renderHook(() => useTick(() => true));
    becomes('hidden');
    expect(vi.getTimerCount()).toBe(0);
    pass(45_000);
    expect(since(result)).toBe(0);
    becomes('visible');
    expect(since(result)).toBe(45_000);
    unmount();
    expect(vi.getTimerCount()).toBe(0);
  });
});

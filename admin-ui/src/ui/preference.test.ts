import { act, renderHook } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { preference } from './preference';

beforeEach(() => localStorage.clear());

it('is as usual until somebody chooses, and stays as chosen', () => {
  expect(preference('one', true).isOn()).toBe(true);
  preference('one', true).set(false);
  expect(preference('one', true).isOn()).toBe(false);
});

it('is the same in every place it shows, and in another tab', () => {
  const shared = preference('two', false);
  const { result } = renderHook(() => shared.use());
  act(() => shared.set(true));
  expect(result.current[0]).toBe(true);
  localStorage.setItem('two', 'off');
  act(() => void window.dispatchEvent(new StorageEvent('storage', { key: 'two' })));
  expect(result.current[0]).toBe(false);
});

it('holds for this visit where nothing may be kept', () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new Error('full');
  });
  const kept = preference('three', false);
  kept.set(true);
  expect(kept.isOn()).toBe(true);
  vi.restoreAllMocks();
});

import { act, renderHook } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useDesk } from './useDesk';

describe('a block that was not meant', () => {
  beforeEach(() => {
    document.body.innerHTML = '<button>Name</button><span data-insert-at="2"><button>Add</button></span>';
  });
  const button = (name: string) => [...document.querySelectorAll('button')].find((each) => each.textContent === name);
  const asked = (onLeave?: (typed: string) => void) => {
    const { result } = renderHook(useDesk);
    act(() => void result.current[1].add(2, onLeave));
    expect(result.current[0].adding).toBe(2);
    return result;
  };

  it('gives what was typed back to whoever asked', () => {
    const onLeave = vi.fn();
    const desk = asked(onLeave);
    act(() => desk.current[1].leave('24', 'key'));
    expect(desk.current[0].adding).toBeNull();
    expect(onLeave).toHaveBeenCalledExactlyOnceWith('24');
  });

  it('is left by Escape before its menu is there', async () => {
    const onLeave = vi.fn();
    const desk = asked(onLeave);
    await userEvent.keyboard('24{Escape}');
    expect(desk.current[0].adding).toBeNull();
    expect(onLeave).toHaveBeenCalledExactlyOnceWith('24');
  });

  it('leaves the keyboard where it was, or at the place where one can be added', () => {
    button('Name')?.focus();
    const desk = asked();
    button('Add')?.focus();
    act(() => desk.current[1].leave('', 'key'));
    expect(document.activeElement).toBe(button('Name'));

    act(() => void desk.current[1].add(2));
    button('Name')?.remove();
    act(() => desk.current[1].leave('', 'key'));
    expect(document.activeElement).toBe(button('Add'));
  });

  it('takes no keyboard from where somebody pressed', () => {
    const onLeave = vi.fn();
    const desk = asked(onLeave);
    button('Add')?.focus();
    act(() => desk.current[1].leave('24', 'press'));
    expect(onLeave).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(button('Add'));
  });
});

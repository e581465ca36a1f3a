import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { takeTyped, typeAhead, useTypedAhead } from './typeAhead';

const Field = () => {
  const [words, setWords] = useState('');
  const ref = useTypedAhead(setWords);
  return <input ref={ref} value={words} onChange={({ currentTarget }) => setWords(currentTarget.value)} />;
};

describe('what is typed before a field is there', () => {
  afterEach(() => {
    takeTyped();
    vi.useRealTimers();
  });

  it('is the beginning of what the field holds, and is no shortcut', async () => {
    const user = userEvent.setup();
    const onKeyDown = vi.fn();
    document.addEventListener('keydown', onKeyDown);
    typeAhead(() => {});
    await user.keyboard('no{Backspace}e{Enter}w');
    expect(onKeyDown).not.toHaveBeenCalled();
    document.removeEventListener('keydown', onKeyDown);

    render(<Field />);
    const field = screen.getByRole<HTMLInputElement>('textbox');
    expect(field.value).toBe('new');
    await user.keyboard(' page');
    expect(field.value).toBe('new page');
  });

  it('goes to whoever closes it by Escape', async () => {
    const onEscape = vi.fn(takeTyped);
    typeAhead(onEscape);
    await userEvent.keyboard('hill{Escape}side{Escape}');
    expect(onEscape).toHaveBeenCalledOnce();
    expect(onEscape).toHaveReturnedWith('hill');
  });

  it('is left to itself with a command, after a press elsewhere, and when the field does not come', async () => {
    const heard: string[] = [];
    const onKeyDown = ({ key }: KeyboardEvent) => void heard.push(key);
    document.addEventListener('keydown', onKeyDown);
    const user = userEvent.setup();
    typeAhead(() => {});
    await user.keyboard('a{Control>}s{/Control}');
    await user.click(document.body);
    await user.keyboard('b');
    vi.useFakeTimers();
    typeAhead(() => {});
    vi.advanceTimersByTime(6_000);
    vi.useRealTimers();
    await user.keyboard('c');
    document.removeEventListener('keydown', onKeyDown);
    expect(heard).toEqual(['Control', 's', 'b', 'c']);
  });
});

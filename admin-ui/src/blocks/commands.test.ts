import { describe, expect, it } from 'vitest';
import { commandOf, type KeyPress, type Spot } from './commands';

const press = (keys: string): KeyPress => {
  const parts = keys.split('+');
  return {
    key: parts.at(-1) ?? '',
    altKey: parts.includes('Alt'),
    shiftKey: parts.includes('Shift'),
    ctrlKey: parts.includes('Ctrl'),
    metaKey: parts.includes('Meta'),
    repeat: false,
  };
};
const at = (spot: Spot, keys: string) => commandOf(press(keys), spot);

describe('keys at a block', () => {
  it('move it from anywhere, its fields included', () => {
    for (const spot of ['name', 'handle', 'tool', 'inside'] as const) {
      expect(at(spot, 'Alt+ArrowUp')).toBe('moveUp');
      expect(at(spot, 'Alt+ArrowDown')).toBe('moveDown');
    }
  });

  it('choose, remove and duplicate, but never while somebody writes', () => {
    const keys = ['Shift+ArrowUp', 'Shift+ArrowDown', 'Delete', 'Backspace', 'Ctrl+d', 'Meta+D'];
    const commands = ['selectUp', 'selectDown', 'remove', 'remove', 'duplicate', 'duplicate'];
    expect(keys.map((each) => at('handle', each))).toEqual(commands);
    expect(keys.map((each) => at('inside', each))).toEqual(keys.map(() => null));
  });

  it('walk from name to name; on the grip the arrows move it', () => {
    expect(at('name', 'ArrowDown')).toBe('next');
    expect(at('name', 'ArrowUp')).toBe('previous');
    expect(at('handle', 'ArrowDown')).toBeNull();
  });

  it('leave Enter to the button it is on, except on the grip and the name, where writing begins', () => {
    expect([at('handle', 'Enter'), at('name', 'Enter')]).toEqual(['open', 'open']);
    expect([at('tool', 'Enter'), at('inside', 'Enter')]).toEqual([null, null]);
  });

  it('leave other combinations to the browser', () => {
    for (const keys of ['Ctrl+ArrowUp', 'Ctrl+Alt+ArrowUp', 'Shift+Delete', 'Alt+Enter', 'Ctrl+x', 'd']) {
      expect(at('name', keys)).toBeNull();
    }
  });

  it('remove one block at a press, however long it lasts', () => {
    expect(commandOf({ ...press('Delete'), repeat: true }, 'name')).toBeNull();
    expect(commandOf({ ...press('Alt+ArrowDown'), repeat: true }, 'name')).toBe('moveDown');
  });
});

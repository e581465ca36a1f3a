import { describe, expect, it } from 'vitest';
import { fromCell, fromHandle } from './walk';

const size = { height: 3, width: 2 };
const whole = { start: true, end: true };
const middle = { start: false, end: false };
const cell = (row: number, column: number) => ({ at: 'cell', row, column });

describe('from a cell', () => {
  it('leads to the one beside it', () => {
    expect(fromCell('ArrowDown', 0, 1, size, whole)).toEqual(cell(1, 1));
    expect(fromCell('ArrowUp', 2, 1, size, whole)).toEqual(cell(1, 1));
    expect(fromCell('ArrowRight', 1, 0, size, whole)).toEqual(cell(1, 1));
    expect(fromCell('ArrowLeft', 1, 1, size, whole)).toEqual(cell(1, 0));
  });

  it('leads over the edge to a handle, or nowhere', () => {
    expect(fromCell('ArrowUp', 0, 1, size, whole)).toEqual({ at: 'columnHandle', row: 0, column: 1 });
    expect(fromCell('ArrowLeft', 2, 0, size, whole)).toEqual({ at: 'rowHandle', row: 2, column: 0 });
    expect(fromCell('ArrowLeft', 0, 0, size, whole)).toBeNull();
    expect(fromCell('ArrowRight', 1, 1, size, whole)).toBeNull();
    expect(fromCell('ArrowDown', 2, 0, size, whole)).toBeNull();
  });

  it('stays in the words until the caret is at their end', () => {
    for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']) {
      expect(fromCell(key, 1, 0, size, middle)).toBeNull();
    }
    expect(fromCell('ArrowRight', 1, 0, size, { start: false, end: true })).toEqual(cell(1, 1));
    expect(fromCell('ArrowDown', 1, 0, size, { start: true, end: false })).toBeNull();
    expect(fromCell('Home', 1, 0, size, whole)).toBeNull();
  });
});

describe('from a handle', () => {
  it('leads along its kind and back into the table', () => {
    const column = { at: 'columnHandle', row: 0, column: 0 } as const;
    expect(fromHandle('ArrowRight', column, size)).toEqual({ ...column, column: 1 });
    expect(fromHandle('ArrowLeft', column, size)).toBeNull();
    expect(fromHandle('ArrowDown', column, size)).toEqual(cell(0, 0));
    expect(fromHandle('ArrowUp', column, size)).toBeNull();
    const row = { at: 'rowHandle', row: 2, column: 0 } as const;
    expect(fromHandle('ArrowUp', row, size)).toEqual({ ...row, row: 1 });
    expect(fromHandle('ArrowDown', row, size)).toBeNull();
    expect(fromHandle('ArrowUp', { ...row, row: 1 }, size)).toBeNull();
    expect(fromHandle('ArrowRight', row, size)).toEqual(cell(2, 0));
    expect(fromHandle('Enter', row, size)).toBeNull();
  });
});

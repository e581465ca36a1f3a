import { describe, expect, it } from 'vitest';
import {
  fromGrid,
  type Grid,
  insertColumn,
  insertRow,
  isRectangle,
  leftOut,
  mostColumns,
  mostRows,
  moveColumn,
  moveRow,
  pasted,
  removeColumn,
  removeRow,
  starter,
  toGrid,
  widthOf,
} from './grid';

const stored = {
  caption: 'Beside each other',
  columns: ['', 'Clinic', 'Street'],
  rows: [
    { header: 'Dose', cells: ['low', 'unknown'] },
    { header: 'Watched', cells: ['yes', 'no'] },
  ],
};
const grid: Grid = [
  ['', 'Clinic', 'Street'],
  ['Dose', 'low', 'unknown'],
  ['Watched', 'yes', 'no'],
];

describe('a grid', () => {
  it('holds what is stored and gives it back', () => {
    expect(toGrid(stored)).toEqual(grid);
    expect(fromGrid(grid)).toEqual({ columns: stored.columns, rows: stored.rows });
  });

  it('is a rectangle even where what is stored is none', () => {
    expect(toGrid({ columns: [], rows: [] })).toEqual([
      ['', ''],
      ['', ''],
    ]);
    expect(
      toGrid({
        columns: ['', 'A'],
        rows: [
          { header: 'x', cells: ['1', '2'] },
          { header: 'y', cells: [] },
        ],
      }),
    ).toEqual([
      ['', 'A', ''],
      ['x', '1', '2'],
      ['y', '', ''],
    ]);
  });

  it('knows whether each of its cells is stored', () => {
    expect(isRectangle(stored)).toBe(true);
    expect(isRectangle({ columns: [], rows: [] })).toBe(false);
    expect(isRectangle({ columns: ['', 'A'], rows: [{ header: 'x', cells: [] }] })).toBe(false);
  });

  it('begins with two rows and two columns, all of them stored', () => {
    expect(isRectangle(starter)).toBe(true);
    expect(toGrid(starter)).toEqual([
      ['', ''],
      ['', ''],
      ['', ''],
    ]);
  });

  it('grows and shrinks within its bounds', () => {
    expect(insertRow(grid, 1)[1]).toEqual(['', '', '']);
    expect(insertColumn(grid, 3).map((row) => row[3])).toEqual(['', '', '']);
    expect(removeRow(grid, 1).map(([head]) => head)).toEqual(['', 'Watched']);
    expect(removeColumn(grid, 1)[0]).toEqual(['', 'Street']);

    const small = toGrid({ columns: [], rows: [] });
    expect(removeRow(small, 1)).toBe(small);
    expect(removeColumn(small, 1)).toBe(small);
    expect(removeRow(grid, 0)).toBe(grid);

    const tall = pasted(
      grid,
      1,
      0,
      Array.from({ length: 99 }, () => ['x']),
    );
    expect(tall.length).toBe(mostRows + 1);
    expect(insertRow(tall, 1)).toBe(tall);
    const wide = pasted(grid, 0, 0, [Array.from({ length: 99 }, () => 'x')]);
    expect(widthOf(wide)).toBe(mostColumns);
    expect(insertColumn(wide, 1)).toBe(wide);
  });

  it('moves rows below the headings, and columns with theirs', () => {
    expect(moveRow(grid, 2, 1).map(([head]) => head)).toEqual(['', 'Watched', 'Dose']);
    expect(moveRow(grid, 1, 0)).toBe(grid);
    expect(moveRow(grid, 2, 3)).toEqual(grid);
    expect(moveColumn(grid, 1, 2)[1]).toEqual(['Dose', 'unknown', 'low']);
  });
});

describe('pasting', () => {
  it('writes over what is there and grows the table', () => {
    expect(pasted(grid, 2, 1, [['A', 'B', 'C'], ['D']])).toEqual([
      ['', 'Clinic', 'Street', ''],
      ['Dose', 'low', 'unknown', ''],
      ['Watched', 'A', 'B', 'C'],
      ['', 'D', '', ''],
    ]);
  });

  it('empties a cell over which an empty one is pasted', () => {
    expect(pasted(grid, 1, 1, [['', 'x']])[1]).toEqual(['Dose', '', 'x']);
  });

  it('tells what is beyond the table', () => {
    const eleven = Array.from({ length: 11 }, () => 'x');
    expect(leftOut(0, 0, [eleven])).toEqual({ rows: 0, columns: 3 });
    expect(leftOut(mostRows, 1, [['x'], ['x'], ['', 'x']])).toEqual({ rows: 2, columns: 0 });
    // Where nothing was written nothing is missed.
    expect(leftOut(mostRows, 6, [['x', 'x', '', ''], ['']])).toEqual({ rows: 0, columns: 0 });
  });
});

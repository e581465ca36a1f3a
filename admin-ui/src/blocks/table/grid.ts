import type { Values } from '../block';

/*
 * A comparison table as a plain grid: the first row holds the columns' headings, the first cell of every other row that
 * row's. Stored are `columns` and `rows` of a `header` and `cells`.
 */

export type Grid = readonly (readonly string[])[];

export const mostColumns = 8;
export const mostRows = 60;

/** What a new table begins with: two rows and two columns. */
export const starter = {
  columns: ['', ''],
  rows: [
    { header: '', cells: [''] },
    { header: '', cells: [''] },
  ],
} as const;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const resized = (row: readonly string[], width: number): string[] =>
  Array.from({ length: width }, (_, place) => row[place] ?? '');

/** A rectangle whatever is stored; an empty table is shown as the smallest one. */
export const toGrid = (values: Values): Grid => {
  const head = list(values['columns']).map(text);
  const rows = list(values['rows']).map((row) => {
    const { header, cells } = (row ?? {}) as { header?: unknown; cells?: unknown };
    return [text(header), ...list(cells).map(text)];
  });
  const width = Math.max(2, head.length, ...rows.map((row) => row.length));
  const all = [head, ...(rows.length === 0 ? [[]] : rows)];
  return all.map((row) => resized(row, width));
};

/** Whether every cell of the grid has its place in what is stored. */
export const isRectangle = (values: Values): boolean => {
  const width = list(values['columns']).length;
  const rows = list(values['rows']) as { cells?: unknown }[];
  return width > 1 && rows.length > 0 && rows.every((row) => list(row.cells).length === width - 1);
};

export const fromGrid = ([head = [], ...rows]: Grid) => ({
  columns: [...head],
  rows: rows.map(([header = '', ...cells]) => ({ header, cells })),
});

export const widthOf = (grid: Grid): number => grid[0]?.length ?? 0;

export const withCell = (grid: Grid, row: number, column: number, value: string): Grid =>
  grid.map((cells, place) => (place === row ? cells.with(column, value) : cells));

export const insertRow = (grid: Grid, at: number): Grid =>
  grid.length > mostRows ? grid : grid.toSpliced(at, 0, resized([], widthOf(grid)));

export const insertColumn = (grid: Grid, at: number): Grid =>
  widthOf(grid) >= mostColumns ? grid : grid.map((cells) => cells.toSpliced(at, 0, ''));

/** The heading row and one other stay. */
export const removeRow = (grid: Grid, at: number): Grid =>
  at === 0 || grid.length <= 2 ? grid : grid.toSpliced(at, 1);

/** A comparison has at least two columns. */
export const removeColumn = (grid: Grid, at: number): Grid =>
  widthOf(grid) <= 2 ? grid : grid.map((cells) => cells.toSpliced(at, 1));

const moved = <T>(items: readonly T[], from: number, to: number): T[] => {
  const item = items[from];
  return item === undefined || to < 0 || to >= items.length
    ? [...items]
    : items.toSpliced(from, 1).toSpliced(to, 0, item);
};

/** The heading row stays where it is. */
export const moveRow = (grid: Grid, from: number, to: number): Grid =>
  from < 1 || to < 1 ? grid : moved(grid, from, to);

export const moveColumn = (grid: Grid, from: number, to: number): Grid => grid.map((cells) => moved(cells, from, to));

/** Writes cells over the grid from a place on; it grows as far as a table may, and what is beyond is left out. */
export const pasted = (grid: Grid, row: number, column: number, cells: readonly (readonly string[])[]): Grid => {
  const wide = Math.max(...cells.map((line) => line.length));
  const width = Math.min(mostColumns, Math.max(widthOf(grid), column + wide));
  const height = Math.min(mostRows + 1, Math.max(grid.length, row + cells.length));
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) => cells[y - row]?.[x - column] ?? grid[y]?.[x] ?? ''),
  );
};

/** How many rows and columns with something in them are beyond what a table may have. */
export const leftOut = (row: number, column: number, cells: readonly (readonly string[])[]) => {
  const filled = (line: readonly string[]) => line.findLastIndex((cell) => cell !== '') + 1;
  const wide = Math.max(...cells.map(filled));
  const high = cells.findLastIndex((line) => filled(line) > 0) + 1;
  return { rows: Math.max(0, row + high - mostRows - 1), columns: Math.max(0, column + wide - mostColumns) };
};

/*
 * How the arrow keys go through a table: from cell to cell where the caret can go no further, and over its edge to the
 * handle of a column or row.
 */

export type Stop = {
  readonly at: 'cell' | 'rowHandle' | 'columnHandle';
  readonly row: number;
  readonly column: number;
};

export type Caret = { readonly start: boolean; readonly end: boolean };

type Size = { readonly height: number; readonly width: number };

const cell = (row: number, column: number): Stop => ({ at: 'cell', row, column });
const rowHandle = (row: number): Stop => ({ at: 'rowHandle', row, column: 0 });
const columnHandle = (column: number): Stop => ({ at: 'columnHandle', row: 0, column });

/** Where a key leads from a cell; null where it stays the text's own. */
export const fromCell = (
  key: string,
  row: number,
  column: number,
  { height, width }: Size,
  caret: Caret,
): Stop | null => {
  switch (key) {
    case 'ArrowLeft':
      if (!caret.start) return null;
      if (column > 0) return cell(row, column - 1);
      return row > 0 ? rowHandle(row) : null;
    case 'ArrowRight':
      return caret.end && column < width - 1 ? cell(row, column + 1) : null;
    case 'ArrowUp':
      if (!caret.start) return null;
      return row > 0 ? cell(row - 1, column) : columnHandle(column);
    case 'ArrowDown':
      return caret.end && row < height - 1 ? cell(row + 1, column) : null;
    default:
      return null;
  }
};

/** Where a key leads from a handle: along its kind, or back into the table. */
export const fromHandle = (key: string, { at, row, column }: Stop, { height, width }: Size): Stop | null => {
  const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[key];
  if (by === undefined) return null;
  const sideways = key === 'ArrowLeft' || key === 'ArrowRight';
  if (at === 'columnHandle') {
    if (!sideways) return by > 0 ? cell(0, column) : null;
    return column + by >= 0 && column + by < width ? columnHandle(column + by) : null;
  }
  if (sideways) return by > 0 ? cell(row, 0) : null;
  return row + by >= 1 && row + by < height ? rowHandle(row + by) : null;
};

export const caretOf = ({ selectionStart, selectionEnd, value }: HTMLTextAreaElement): Caret => ({
  start: selectionEnd === 0,
  end: selectionStart === value.length,
});

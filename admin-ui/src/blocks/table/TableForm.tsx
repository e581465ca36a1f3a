import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus } from '@tabler/icons-react';
import { type ClipboardEvent, type KeyboardEvent, useRef } from 'react';
import { flushSync } from 'react-dom';
import { GrowingText } from '~/ui/GrowingText';
import type { Values } from '../block';
import type { Field } from '../definition';
import { useBlockForm } from '../form/context';
import { FieldControl } from '../form/FieldControl';
import { ProblemNote } from '../ProblemNote';
import { type Path, pathName } from '../path';
import { gravest, problemsWithin } from '../problems';
import { text } from '../text';
import { inOneLine, readCells } from './cells';
import {
  fromGrid,
  type Grid,
  insertColumn,
  insertRow,
  isRectangle,
  leftOut,
  mostColumns,
  mostRows,
  pasted,
  toGrid,
  widthOf,
  withCell,
} from './grid';
import { ColumnMenu, RowMenu } from './HandleMenu';
import classes from './TableForm.module.css';
import { caretOf, fromCell, fromHandle, type Stop } from './walk';

const words = text.table;

/** Where a cell is stored. */
const cellPath = (row: number, column: number): Path => {
  if (row === 0) return ['columns', column];
  return column === 0 ? ['rows', row - 1, 'header'] : ['rows', row - 1, 'cells', column - 1];
};

const cellName = (grid: Grid, row: number, column: number): string => {
  if (row === 0) return column === 0 ? words.corner : words.columnHead(column + 1);
  if (column === 0) return words.rowHead(row);
  return words.cell(grid[row]?.[0] || words.row(row), grid[0]?.[column] || words.column(column + 1));
};

/** A table as a table: its other fields first, then the grid. */
export const TableForm = ({ fields, values }: { fields: readonly Field[]; values: Values }) => (
  <div className={classes['form']}>
    {fields
      .filter(({ name }) => name !== 'columns' && name !== 'rows')
      .map((field) => (
        <FieldControl key={field.name} field={field} path={[field.name]} value={values[field.name]} />
      ))}
    <GridField values={values} />
  </div>
);

const GridField = ({ values }: { values: Values }) => {
  const { set, problems } = useBlockForm();
  const table = useRef<HTMLTableElement>(null);
  const grid = toGrid(values);
  const width = widthOf(grid);
  const write = (next: Grid) => {
    const { columns, rows } = fromGrid(next);
    set([], { ...values, columns, rows });
  };
  const type = (row: number, column: number, value: string) => {
    if (isRectangle(values)) set(cellPath(row, column), value);
    else write(withCell(grid, row, column, value));
  };
  const focusStop = ({ at, row, column }: Stop, caret: 'start' | 'end') => {
    const path = JSON.stringify(pathName(cellPath(row, column)));
    const place = table.current?.querySelector<HTMLElement>(`[data-path=${path}]`);
    const handle = `[data-handle-of="${at === 'rowHandle' ? 'row' : 'column'}"]`;
    const stop = at === 'cell' ? place : place?.closest('th')?.querySelector<HTMLElement>(handle);
    stop?.focus();
    if (stop instanceof HTMLTextAreaElement) {
      const end = caret === 'end' ? stop.value.length : 0;
      stop.setSelectionRange(end, end);
    }
  };
  /** From a menu or a button, which gives the focus back first. */
  const focusCell = (row: number, column: number) =>
    requestAnimationFrame(() => focusStop({ at: 'cell', row, column }, 'end'));

  const enter = (by: 1 | -1, row: number, column: number) => {
    if (by === 1 && row === grid.length - 1) {
      if (grid.length > mostRows) return;
      // The next key is for the new row already.
      flushSync(() => write(insertRow(grid, grid.length)));
    }
    focusStop({ at: 'cell', row: Math.max(0, row + by), column }, 'end');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>, row: number, column: number) => {
    const { key, currentTarget: field } = event;
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (key === 'Enter') {
      event.preventDefault();
      enter(event.shiftKey ? -1 : 1, row, column);
      return;
    }
    if (event.shiftKey || !key.startsWith('Arrow')) return;
    const caret = key === 'ArrowUp' || key === 'ArrowLeft' ? 'end' : 'start';
    const size = { height: grid.length, width };
    const stop = fromCell(key, row, column, size, caretOf(field));
    if (stop !== null) {
      event.preventDefault();
      focusStop(stop, caret);
    } else if (key === 'ArrowUp' || key === 'ArrowDown') {
      // Only the browser knows in which line of the words the caret is: where it cannot move it, the cell is left.
      const { selectionStart, selectionEnd } = field;
      setTimeout(() => {
        if (field !== document.activeElement) return;
        if (field.selectionStart !== selectionStart || field.selectionEnd !== selectionEnd) return;
        const beyond = fromCell(key, row, column, size, { start: true, end: true });
        if (beyond !== null) focusStop(beyond, caret);
      });
    }
  };
  const onHandleKey = (event: KeyboardEvent, from: Stop) => {
    if (!event.key.startsWith('Arrow') || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const stop = fromHandle(event.key, from, { height: grid.length, width });
    if (stop !== null) focusStop(stop, 'end');
  };
  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>, row: number, column: number) => {
    const plain = event.clipboardData.getData('text/plain');
    const cells = readCells({ text: plain, html: event.clipboardData.getData('text/html') });
    if (cells === null) {
      if (!/[\r\n]/.test(plain)) return;
      // Were the browser to paste the lines, the caret would jump as they become one.
      event.preventDefault();
      const { currentTarget: field } = event;
      field.setRangeText(inOneLine(plain), field.selectionStart, field.selectionEnd, 'end');
      type(row, column, field.value);
      return;
    }
    event.preventDefault();
    write(pasted(grid, row, column, cells));
    const { rows, columns } = leftOut(row, column, cells);
    if (rows + columns > 0) {
      notifications.show({
        message: `${words.leftOut(rows, columns)} ${words.full(mostRows, mostColumns)}`,
      });
    }
  };

  const found = [...problemsWithin(problems, ['columns']), ...problemsWithin(problems, ['rows'])];
  const cell = (row: number, column: number) => {
    const path = cellPath(row, column);
    const value = grid[row]?.[column] ?? '';
    const worst = gravest(problemsWithin(problems, path));
    return (
      <GrowingText
        className={classes['cell']}
        aria-label={cellName(grid, row, column)}
        aria-invalid={(worst !== null && worst !== 'warns') || undefined}
        data-severity={worst ?? undefined}
        data-path={pathName(path)}
        value={value}
        onChange={({ currentTarget }) => type(row, column, currentTarget.value.replace(/\s*\n\s*/g, ' '))}
        onKeyDown={(event) => onKeyDown(event, row, column)}
        onPaste={(event) => onPaste(event, row, column)}
      />
    );
  };

  return (
    <div data-path="columns">
      <div className={classes['scroll']} data-path="rows">
        <table ref={table} className={classes['table']} aria-label={words.grid}>
          <thead>
            <tr>
              {(grid[0] ?? []).map((_, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: A column is its place.
                <th key={column} scope="col">
                  <div className={classes['head']}>
                    {cell(0, column)}
                    <ColumnMenu
                      column={column}
                      width={width}
                      onKeyDown={(event) => onHandleKey(event, { at: 'columnHandle', row: 0, column })}
                      onChange={(next, focus) => {
                        write(next(grid));
                        focusCell(0, focus);
                      }}
                    />
                  </div>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {grid.slice(1).map((cells, place) => {
              const row = place + 1;
              return (
                <tr key={row}>
                  {cells.map((_, column) =>
                    column === 0 ? (
                      // biome-ignore lint/suspicious/noArrayIndexKey: A column is its place.
                      <th key={column} scope="row">
                        <div className={classes['head']}>
                          {cell(row, column)}
                          <RowMenu
                            row={row}
                            height={grid.length}
                            onKeyDown={(event) => onHandleKey(event, { at: 'rowHandle', row, column: 0 })}
                            onChange={(next, focus) => {
                              write(next(grid));
                              focusCell(focus, 0);
                            }}
                          />
                        </div>
                      </th>
                    ) : (
                      // biome-ignore lint/suspicious/noArrayIndexKey: A column is its place.
                      <td key={column}>{cell(row, column)}</td>
                    ),
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <div className={classes['add']}>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={15} stroke={1.6} aria-hidden />}
          disabled={grid.length > mostRows}
          onClick={() => {
            write(insertRow(grid, grid.length));
            focusCell(grid.length, 0);
          }}
        >
          {words.addRow}
        </Button>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={15} stroke={1.6} aria-hidden />}
          disabled={width >= mostColumns}
          onClick={() => {
            write(insertColumn(grid, width));
            focusCell(0, width);
          }}
        >
          {words.addColumn}
        </Button>
        <p>{grid.length > mostRows || width >= mostColumns ? words.full(mostRows, mostColumns) : words.paste}</p>
      </div>
      {found.map(({ severity, message, path }) => (
        <ProblemNote key={`${pathName(path)} ${message}`} severity={severity}>
          {placeName(path)}
          {message}
        </ProblemNote>
      ))}
    </div>
  );
};

/** A cell's problem says “number 2”; which row it is in is said here. */
const placeName = ([list, row, , column]: Path): string => {
  if (list !== 'rows' || row === undefined) return '';
  const name = words.row(Number(row) + 1);
  return `${name}${column === undefined ? '' : `, ${words.column(Number(column) + 2).toLowerCase()}`}: `;
};

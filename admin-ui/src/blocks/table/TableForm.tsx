import { Button, Menu } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowLeft,
  IconArrowRight,
  IconArrowUp,
  IconDots,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react';
import { type ClipboardEvent, type KeyboardEvent, useRef } from 'react';
import { GrowingText } from '~/ui/GrowingText';
import type { Values } from '../block';
import type { Field } from '../definition';
import { useBlockForm } from '../form/context';
import { FieldControl } from '../form/FieldControl';
import { focusField } from '../form/focus';
import { ProblemNote } from '../ProblemNote';
import { type Path, pathName } from '../path';
import { gravest, problemsWithin } from '../problems';
import { text } from '../text';
import {
  fromGrid,
  type Grid,
  insertColumn,
  insertRow,
  isManyCells,
  isRectangle,
  mostColumns,
  mostRows,
  moveColumn,
  moveRow,
  pasted,
  readCells,
  removeColumn,
  removeRow,
  toGrid,
  widthOf,
  withCell,
} from './grid';
import classes from './TableForm.module.css';

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
  const focusCell = (row: number, column: number) =>
    requestAnimationFrame(() => table.current !== null && focusField(table.current, cellPath(row, column)));

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>, row: number, column: number) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (row === grid.length - 1) {
      if (grid.length > mostRows) return;
      write(insertRow(grid, grid.length));
    }
    focusCell(row + 1, column);
  };
  const onPaste = (event: ClipboardEvent, row: number, column: number) => {
    const clipboard = event.clipboardData.getData('text/plain');
    if (!isManyCells(clipboard)) return;
    event.preventDefault();
    write(pasted(grid, row, column, readCells(clipboard)));
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

type Change = (next: (grid: Grid) => Grid, focus: number) => void;
const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

const RowMenu = ({ row, height, onChange }: { row: number; height: number; onChange: Change }) => (
  <Menu position="bottom-start" returnFocus={false}>
    <Menu.Target>
      <button type="button" className={classes['more']} aria-label={words.rowMenu(row)}>
        <IconDots {...icon} />
      </button>
    </Menu.Target>
    <Menu.Dropdown>
      <Menu.Item
        leftSection={<IconArrowUp {...icon} />}
        disabled={row === 1}
        onClick={() => onChange((grid) => moveRow(grid, row, row - 1), row - 1)}
      >
        {words.moveUp}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowDown {...icon} />}
        disabled={row === height - 1}
        onClick={() => onChange((grid) => moveRow(grid, row, row + 1), row + 1)}
      >
        {words.moveDown}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconPlus {...icon} />}
        disabled={height > mostRows}
        onClick={() => onChange((grid) => insertRow(grid, row), row)}
      >
        {words.insertAbove}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconPlus {...icon} />}
        disabled={height > mostRows}
        onClick={() => onChange((grid) => insertRow(grid, row + 1), row + 1)}
      >
        {words.insertBelow}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconTrash {...icon} />}
        disabled={height <= 2}
        onClick={() => onChange((grid) => removeRow(grid, row), Math.max(1, row - 1))}
      >
        {words.removeRow}
      </Menu.Item>
    </Menu.Dropdown>
  </Menu>
);

const ColumnMenu = ({ column, width, onChange }: { column: number; width: number; onChange: Change }) => (
  <Menu position="bottom-end" returnFocus={false}>
    <Menu.Target>
      <button type="button" className={classes['more']} aria-label={words.columnMenu(column + 1)}>
        <IconDots {...icon} />
      </button>
    </Menu.Target>
    <Menu.Dropdown>
      <Menu.Item
        leftSection={<IconArrowLeft {...icon} />}
        disabled={column === 0}
        onClick={() => onChange((grid) => moveColumn(grid, column, column - 1), column - 1)}
      >
        {words.moveLeft}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowRight {...icon} />}
        disabled={column === width - 1}
        onClick={() => onChange((grid) => moveColumn(grid, column, column + 1), column + 1)}
      >
        {words.moveRight}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconPlus {...icon} />}
        disabled={width >= mostColumns}
        onClick={() => onChange((grid) => insertColumn(grid, column), column)}
      >
        {words.insertLeft}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconPlus {...icon} />}
        disabled={width >= mostColumns}
        onClick={() => onChange((grid) => insertColumn(grid, column + 1), column + 1)}
      >
        {words.insertRight}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconTrash {...icon} />}
        disabled={width <= 2}
        onClick={() => onChange((grid) => removeColumn(grid, column), Math.max(0, column - 1))}
      >
        {words.removeColumn}
      </Menu.Item>
    </Menu.Dropdown>
  </Menu>
);

import { Menu } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowLeft,
  IconArrowRight,
  IconArrowUp,
  IconDots,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { text } from '../text';
import {
  type Grid,
  insertColumn,
  insertRow,
  mostColumns,
  mostRows,
  moveColumn,
  moveRow,
  removeColumn,
  removeRow,
} from './grid';
import classes from './TableForm.module.css';

const words = text.table;

type Change = (next: (grid: Grid) => Grid, focus: number) => void;
const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

/** The grip of a row or column: the arrow keys lead to it, Enter opens what can be done. */
const HandleMenu = ({
  of,
  name,
  onKeyDown,
  children,
}: {
  of: 'row' | 'column';
  name: string;
  onKeyDown: (event: KeyboardEvent) => void;
  children: ReactNode;
}) => {
  const handle = useRef<HTMLButtonElement>(null);
  return (
    // What is chosen takes the keyboard to a cell; without a choice it comes back to the handle.
    <Menu position={of === 'row' ? 'bottom-start' : 'bottom-end'} returnFocus={false}>
      <Menu.Target>
        <button
          ref={handle}
          type="button"
          // Tab goes from cell to cell.
          tabIndex={-1}
          data-handle-of={of}
          className={classes['more']}
          aria-label={name}
          onKeyDown={onKeyDown}
        >
          <IconDots {...icon} />
        </button>
      </Menu.Target>
      <Menu.Dropdown
        onKeyDown={({ key }) => {
          if (key === 'Escape' || key === 'Tab') requestAnimationFrame(() => handle.current?.focus());
        }}
      >
        {children}
      </Menu.Dropdown>
    </Menu>
  );
};

export const RowMenu = ({
  row,
  height,
  onKeyDown,
  onChange,
}: {
  row: number;
  height: number;
  onKeyDown: (event: KeyboardEvent) => void;
  onChange: Change;
}) => (
  <HandleMenu of="row" name={words.rowMenu(row)} onKeyDown={onKeyDown}>
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
  </HandleMenu>
);

export const ColumnMenu = ({
  column,
  width,
  onKeyDown,
  onChange,
}: {
  column: number;
  width: number;
  onKeyDown: (event: KeyboardEvent) => void;
  onChange: Change;
}) => (
  <HandleMenu of="column" name={words.columnMenu(column + 1)} onKeyDown={onKeyDown}>
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
  </HandleMenu>
);

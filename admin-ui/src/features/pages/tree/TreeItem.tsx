import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowMoveRight, IconChevronRight, IconDots, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useId, useMemo, useRef } from 'react';
import { EntryStatusChips } from '~/ui/EntryStatus';
import { useDragPage, useDropPage } from './drag';
import classes from './PageTree.module.css';
import { text } from './text';
import { hasRest, isOpen, type Parent, type Placed, restId, type TreePage } from './tree';
import type { PageTreeState } from './usePageTree';

/** What every line needs of the tree it stands in. */
export type Desk = {
  tree: PageTreeState;
  /** The one line that Tab comes to. */
  current: string | null;
  setCurrent: (id: string) => void;
  mayWrite: boolean;
  /** Asks before it is moved; without `to`, where to as well. */
  onMove: (moved: Placed, to?: Parent) => void;
  onNewBelow: (below: Placed) => void;
  onReadOn: (parent: Parent) => void;
};

type BranchProps = { parent: Parent; level: number; desk: Desk };

/** What stands below one page. */
export const Branch = ({ parent, level, desk }: BranchProps) => {
  const branch = desk.tree.branches.get(parent);
  if (branch === undefined) return null;
  return (
    <>
      {branch.pages.map((page) => (
        <TreeItem key={page.id} page={page} parent={parent} level={level} desk={desk} />
      ))}
      {branch.pages.length === 0 && branch.state === 'loading' && (
        <div role="none" className={classes['loading']}>
          {text.loading}
        </div>
      )}
      {hasRest(branch) && <Rest parent={parent} level={level} desk={desk} />}
    </>
  );
};

const TreeItem = ({ page, parent, level, desk }: BranchProps & { page: TreePage }) => {
  const { tree, current, setCurrent, mayWrite, onMove } = desk;
  const { id, title, path, childCount, status } = page;
  const name = useId();
  const about = useId();
  const row = useRef<HTMLDivElement>(null);
  const placed = useMemo((): Placed => ({ page, parent }), [page, parent]);
  const dragging = useDragPage(row, placed, mayWrite && path !== '/');
  const opened = isOpen(page, tree.open);
  const over = useDropPage(row, placed, {
    onDropped: (moved) => onMove(moved, id),
    onLinger: () => tree.expand(id),
  });
  const toggle = opened ? text.close(title) : text.open(title);
  return (
    <div
      role="treeitem"
      aria-level={level}
      aria-labelledby={name}
      aria-describedby={about}
      {...(childCount > 0 ? { 'aria-expanded': opened } : {})}
      data-line={id}
      tabIndex={current === id ? 0 : -1}
      className={classes['item']}
      onFocus={(event) => {
        event.stopPropagation();
        setCurrent(id);
      }}
    >
      <div
        ref={row}
        className={classes['row']}
        data-dragging={dragging || undefined}
        data-over={over || undefined}
        data-takes={(mayWrite && path !== '/') || undefined}
      >
        {childCount > 0 ? (
          <ActionIcon
            size={28}
            tabIndex={-1}
            aria-label={toggle}
            className={`${classes['tool']} ${classes['toggle']}`}
            data-open={opened || undefined}
            onClick={() => (opened ? tree.collapse(id) : tree.expand(id))}
          >
            <IconChevronRight size={16} stroke={1.8} aria-hidden />
          </ActionIcon>
        ) : (
          <span className={classes['leaf']} />
        )}
        <span className={classes['what']}>
          <Link
            id={name}
            to="/pages/$id"
            params={{ id }}
            tabIndex={-1}
            draggable={false}
            className={classes['title']}
            title={title}
          >
            {title}
          </Link>
          <span id={about} className={classes['about']}>
            <span className={classes['path']}>{path}</span>
            {childCount > 0 && <span className={`${classes['count']} num`}>{text.below(childCount)}</span>}
            <span className={classes['status']}>
              <EntryStatusChips status={status} />
            </span>
          </span>
        </span>
        {mayWrite && <Actions placed={placed} desk={desk} />}
      </div>
      {opened && (
        // biome-ignore lint/a11y/useSemanticElements: within a tree the group is a list of lines, not a fieldset.
        <div role="group" className={classes['group']}>
          <Branch parent={id} level={level + 1} desk={desk} />
        </div>
      )}
    </div>
  );
};

const Actions = ({ placed, desk }: { placed: Placed; desk: Desk }) => {
  const { id, title, path } = placed.page;
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon
          size={28}
          tabIndex={desk.current === id ? 0 : -1}
          aria-label={text.actions(title)}
          className={classes['tool'] ?? ''}
        >
          <IconDots size={16} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
          onClick={() => desk.onNewBelow(placed)}
        >
          {text.newBelow}
        </Menu.Item>
        {path !== '/' && (
          <Menu.Item
            leftSection={<IconArrowMoveRight size={16} stroke={1.6} aria-hidden />}
            onClick={() => desk.onMove(placed)}
          >
            {text.moveTo}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
};

/** The line at the end of a branch that goes on, or could not be read. */
const Rest = ({ parent, level, desk: { tree, current, setCurrent, onReadOn } }: BranchProps) => {
  const branch = tree.branches.get(parent);
  if (branch === undefined) return null;
  const id = restId(parent);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree hears the keys of all its lines.
    <div
      role="treeitem"
      aria-level={level}
      data-line={id}
      tabIndex={current === id ? 0 : -1}
      className={classes['item']}
      onFocus={(event) => {
        event.stopPropagation();
        setCurrent(id);
      }}
      onClick={() => onReadOn(parent)}
    >
      <div className={`${classes['row']} ${classes['rest']}`}>
        {branch.state === 'loading'
          ? text.loading
          : branch.state === 'failed'
            ? text.again
            : text.more(branch.pages.length, branch.total)}
      </div>
    </div>
  );
};

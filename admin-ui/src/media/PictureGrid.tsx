import { Button, Skeleton } from '@mantine/core';
import { useRef } from 'react';
import { useShortcuts } from '~/ui/shortcuts';
import classes from './PictureGrid.module.css';
import type { PictureRow } from './queries';
import { text } from './text';

/** Pictures side by side; one can be chosen. */
export const PictureGrid = ({
  label,
  rows,
  total,
  chosen,
  more,
  loadingMore,
  verb,
  onChoose,
  onMore,
}: {
  label: string;
  rows: readonly PictureRow[];
  total: number;
  chosen: string | null;
  more: boolean;
  loadingMore: boolean;
  /** What choosing one does, where it does more than choose. */
  verb?: string;
  onChoose: (row: PictureRow) => void;
  onMore: () => void;
}) => {
  const list = useRef<HTMLUListElement>(null);
  const step = (by: 1 | -1) => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const here = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = buttons[here === -1 ? (by === 1 ? 0 : buttons.length - 1) : here + by];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };
  useShortcuts(label, [
    { key: 'j', label: 'Next picture', run: () => step(1) },
    { key: 'k', label: 'Previous picture', run: () => step(-1) },
  ]);
  return (
    <>
      <ul ref={list} className={classes['grid']} aria-label={label}>
        {rows.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              className={classes['tile']}
              aria-pressed={row.id === chosen}
              aria-label={[verb, text.pictureOf(row.fileName, row.alt)].filter(Boolean).join(' ')}
              onClick={() => onChoose(row)}
            >
              <span className={classes['frame']}>
                <img src={row.url} alt="" width={row.width} height={row.height} loading="lazy" decoding="async" />
              </span>
              <span className={`${classes['name']} clip`} title={row.fileName}>
                {row.fileName}
              </span>
              <span className={classes['detail']} data-missing={(row.missingAlt && verb === undefined) || undefined}>
                {verb ?? (row.missingAlt ? text.missingAlt : text.size(row.width, row.height))}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {more ? (
        <div className={classes['more']}>
          <span className="muted num">{text.moreOf(rows.length, total)}</span>
          <Button variant="default" loading={loadingMore} onClick={onMore}>
            {text.more}
          </Button>
        </div>
      ) : null}
    </>
  );
};

const awaited = [62, 48, 70, 54, 66, 44];

/** The shape of a grid that is on its way. */
export const PictureGridShape = () => (
  <div className={classes['grid']}>
    {awaited.map((width) => (
      <div key={width} className={classes['shape']}>
        <Skeleton radius="md" className={classes['blank']} />
        <Skeleton height={12} width={`${width}%`} />
      </div>
    ))}
  </div>
);

import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFold, IconFoldDown } from '@tabler/icons-react';
import { memo, useEffect, useMemo } from 'react';
import { SortableHandle, useSortable } from '~/ui/Sortable';
import type { Block } from './block';
import type { Kind } from './definition';
import { iconOf } from './icons';
import classes from './Outline.module.css';
import { type Findings, gravest, standing } from './problems';
import { summaryOf } from './summary';
import { text } from './text';
import type { Desk } from './useDesk';
import type { BlockVerbs } from './verbs';

type Props = {
  blocks: readonly Block[];
  kinds: readonly Kind[];
  findings: ReadonlyMap<string, Findings>;
  desk: Desk;
  verbs: BlockVerbs;
  readOnly: boolean;
  /** Whether it says what it is; in a drawer, that does. */
  titled?: boolean;
  /** Somebody chose a block; for an outline that lies over the document and makes way. */
  onPick?: ((key: string) => void) | undefined;
};

/** The document in one line a block: to find one's way, to reorder, to see where something is to mend. */
export const Outline = ({ blocks, kinds, findings, desk, verbs, readOnly, titled = true, onPick }: Props) => {
  const allFolded = blocks.length > 0 && blocks.every(({ key }) => desk.folded.has(key));
  const FoldIcon = allFolded ? IconFoldDown : IconFold;
  const foldName = allFolded ? text.expandAll : text.collapseAll;
  return (
    <nav className={classes['outline']} aria-label={text.outline}>
      <div className={classes['head']}>
        {titled ? <h2>{text.outline}</h2> : <span />}
        {blocks.length > 0 && (
          <Tooltip label={foldName}>
            <ActionIcon
              size={28}
              aria-label={foldName}
              onClick={() => verbs.foldAll(allFolded ? [] : blocks.map(({ key }) => key))}
            >
              <FoldIcon size={16} stroke={1.6} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {blocks.length === 0 ? (
        <p className={classes['empty']}>{text.outlineEmpty}</p>
      ) : (
        <ol>
          {blocks.map((block, index) => (
            <Line
              key={block.key}
              block={block}
              kinds={kinds}
              index={index}
              count={blocks.length}
              active={desk.active === block.key}
              findings={findings.get(block.key)}
              verbs={verbs}
              readOnly={readOnly}
              onPick={onPick}
            />
          ))}
        </ol>
      )}
    </nav>
  );
};

type LineProps = {
  block: Block;
  kinds: readonly Kind[];
  index: number;
  count: number;
  active: boolean;
  findings: Findings | undefined;
  verbs: BlockVerbs;
  readOnly: boolean;
  onPick: ((key: string) => void) | undefined;
};

const Line = memo(({ block, kinds, index, count, active, findings, verbs, readOnly, onPick }: LineProps) => {
  const kind = kinds.find((each) => each.kind === block.kind);
  const title = kind?.title ?? block.kind;
  const summary = useMemo(() => summaryOf(kind, block.values), [kind, block.values]);
  const problems = useMemo(() => standing(findings, block), [findings, block]);
  const sortable = useSortable({
    list: 'outline',
    index,
    count,
    label: text.card.edit(title, summary),
    onMove: verbs.move,
  });
  const { item } = sortable;
  useEffect(() => {
    if (active) item.current?.scrollIntoView({ block: 'nearest' });
  }, [active, item]);
  const Icon = iconOf(kind?.icon);
  const worst = gravest(problems);
  return (
    <li ref={item} {...sortable.attributes}>
      <div className={classes['line']} data-kind={block.kind} data-active={active || undefined}>
        <button
          type="button"
          aria-current={active || undefined}
          title={summary}
          onClick={() => (onPick ?? verbs.reveal)(block.key)}
        >
          <Icon size={15} stroke={1.6} aria-hidden />
          <span className="clip">
            <span className="visually-hidden">{title} </span>
            {summary === '' ? title : summary}
          </span>
          {worst !== null && (
            <span className={classes['dot']} data-severity={worst}>
              <span className="visually-hidden">{text.problemsOf(problems.length)}</span>
            </span>
          )}
        </button>
        {readOnly ? null : <SortableHandle sortable={sortable} className={classes['handle']} />}
      </div>
    </li>
  );
});

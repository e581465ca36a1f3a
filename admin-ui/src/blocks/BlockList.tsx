import { announce } from '@atlaskit/pragmatic-drag-and-drop-live-region';
import { type MouseEvent, type RefObject, Suspense, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { lazyPart } from '~/ui/lazyPart';
import { BlockCard } from './BlockCard';
import classes from './BlockList.module.css';
import type { Block } from './block';
import type { Kind } from './definition';
import { mostBlocks } from './document';
import { AppendPoint } from './InsertPoint';
import { type Located, whoIsWhere } from './presence';
import type { Findings } from './problems';
import { isWithin, runOf } from './selection';
import { text } from './text';
import { useBlockClipboard } from './useBlockClipboard';
import { useBlockKeys } from './useBlockKeys';
import type { Desk } from './useDesk';
import type { BlockVerbs } from './verbs';

const SelectionBar = lazyPart(async () => (await import('./SelectionBar')).SelectionBar);

type Props = {
  blocks: readonly Block[];
  kinds: readonly Kind[];
  findings: ReadonlyMap<string, Findings>;
  desk: Desk;
  /** Who else has the document open. */
  others: readonly Located[];
  verbs: BlockVerbs;
  readOnly: boolean;
  /** What the blocks scroll in. */
  scroller: RefObject<HTMLElement | null>;
};

/** The blocks of a document, one under the other, each for reading until somebody writes in it. */
export const BlockList = ({ blocks, kinds, findings, desk, others, verbs, readOnly, scroller }: Props) => {
  const list = useRef<HTMLOListElement>(null);
  const steady = useSteadyBlock(list, scroller, desk.active);
  const onKeyDown = useBlockKeys({ blocks, kinds, desk, verbs, readOnly });
  useBlockClipboard({ blocks, kinds, desk, verbs, readOnly });
  const present = useMemo(() => whoIsWhere(others), [others]);
  const choosing = useShiftClick(desk, verbs, readOnly);
  const run = readOnly ? null : runOf(blocks, desk.selected);
  const chosen = run?.count ?? 0;
  useEffect(() => {
    if (chosen > 0) announce(text.selection.chosen(chosen));
  }, [chosen]);
  const full = blocks.length >= mostBlocks;
  return (
    <>
      <ol
        ref={list}
        className={classes['list']}
        aria-label={text.blocks}
        onPointerDownCapture={steady}
        onKeyDown={onKeyDown}
        {...choosing}
      >
        {blocks.map((block, index) => (
          <BlockCard
            key={block.key}
            block={block}
            kinds={kinds}
            index={index}
            count={blocks.length}
            active={desk.active === block.key}
            folded={desk.folded.has(block.key)}
            selected={run !== null && isWithin(run, index)}
            adding={desk.adding === index && !full}
            aim={desk.aim?.key === block.key ? desk.aim : null}
            findings={findings.get(block.key)}
            present={present.get(block.key)}
            verbs={verbs}
            readOnly={readOnly}
          />
        ))}
      </ol>
      {readOnly ? null : full ? (
        <p className={classes['full']}>{text.insert.full}</p>
      ) : (
        <AppendPoint
          index={blocks.length}
          kinds={kinds}
          open={desk.adding !== null && desk.adding >= blocks.length}
          verbs={verbs}
        />
      )}
      {run !== null && (
        <Suspense fallback={null}>
          <SelectionBar blocks={blocks} run={run} verbs={verbs} />
        </Suspense>
      )}
    </>
  );
};

const blockOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-block]') : null;

/** With Shift held, a click chooses everything from where the person is up to the block that was clicked. */
const useShiftClick = (desk: Desk, verbs: BlockVerbs, readOnly: boolean) => {
  const isChoice = ({ shiftKey, target }: MouseEvent) =>
    shiftKey &&
    !readOnly &&
    target instanceof Element &&
    blockOf(target)?.dataset['active'] === undefined &&
    (target.closest('button') === null || target.closest('[data-block-name]') !== null);
  return {
    onMouseDownCapture: (event: MouseEvent) => {
      // Else the browser marks the words on the way.
      if (isChoice(event)) event.preventDefault();
    },
    onClickCapture: (event: MouseEvent) => {
      const key = blockOf(event.target)?.dataset['block'];
      if (!isChoice(event) || key === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      const here = desk.active ?? blockOf(document.activeElement)?.dataset['block'] ?? key;
      verbs.select(desk.selected?.anchor ?? here, key);
    },
  };
};

/**
 * A form above the block that was just pressed turns back into reading and becomes shorter. The pressed block stays
 * under the pointer all the same.
 */
const useSteadyBlock = (
  list: RefObject<HTMLOListElement | null>,
  scroller: RefObject<HTMLElement | null>,
  active: string | null,
) => {
  const pressed = useRef<{ element: HTMLElement; top: number } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: The active block says when heights have changed.
  useLayoutEffect(() => {
    const before = pressed.current;
    pressed.current = null;
    if (before === null || scroller.current === null || !before.element.isConnected) return;
    scroller.current.scrollTop += before.element.getBoundingClientRect().top - before.top;
  }, [active]);
  return (event: { target: EventTarget }) => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-block]') : null;
    pressed.current =
      element === null || !list.current?.contains(element)
        ? null
        : { element, top: element.getBoundingClientRect().top };
  };
};

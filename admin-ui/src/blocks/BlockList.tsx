import { type RefObject, useLayoutEffect, useRef } from 'react';
import { BlockCard } from './BlockCard';
import classes from './BlockList.module.css';
import type { Block } from './block';
import type { Kind } from './definition';
import { AppendPoint } from './InsertPoint';
import type { Findings } from './problems';
import { text } from './text';
import type { Desk } from './useDesk';
import type { BlockVerbs } from './verbs';

export const mostBlocks = 300;

type Props = {
  blocks: readonly Block[];
  kinds: readonly Kind[];
  findings: ReadonlyMap<string, Findings>;
  desk: Desk;
  verbs: BlockVerbs;
  readOnly: boolean;
  /** What the blocks scroll in. */
  scroller: RefObject<HTMLElement | null>;
};

/** The blocks of a document, one under the other, each for reading until somebody writes in it. */
export const BlockList = ({ blocks, kinds, findings, desk, verbs, readOnly, scroller }: Props) => {
  const list = useRef<HTMLOListElement>(null);
  const steady = useSteadyBlock(list, scroller, desk.active);
  const full = blocks.length >= mostBlocks;
  return (
    <>
      <ol ref={list} className={classes['list']} aria-label={text.blocks} onPointerDownCapture={steady}>
        {blocks.map((block, index) => (
          <BlockCard
            key={block.key}
            block={block}
            kinds={kinds}
            index={index}
            count={blocks.length}
            active={desk.active === block.key}
            folded={desk.folded.has(block.key)}
            adding={desk.adding === index && !full}
            aim={desk.aim?.key === block.key ? desk.aim : null}
            findings={findings.get(block.key)}
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
    </>
  );
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

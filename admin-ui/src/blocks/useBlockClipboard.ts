import { notifications } from '@mantine/notifications';
import { useEffect, useRef } from 'react';
import type { Block } from './block';
import { readClipboard, writeClipboard } from './clipboard';
import type { Kind } from './definition';
import { mostBlocks } from './document';
import { keysOf, type Run, runAt, runOf } from './selection';
import { text } from './text';
import type { Desk } from './useDesk';
import type { BlockVerbs } from './verbs';

type Props = {
  blocks: readonly Block[];
  kinds: readonly Kind[];
  desk: Desk;
  verbs: BlockVerbs;
  readOnly: boolean;
};

const isField = (element: Element | null): boolean =>
  element instanceof HTMLElement && (element.isContentEditable || element.matches('input, textarea, select'));

const blockAt = (element: Element | null): string | undefined =>
  element?.closest<HTMLElement>('[data-block]')?.dataset['block'];

/** What would be copied: all that are chosen, or the block at whose name or tools the keyboard is. */
const runToCopy = ({ blocks, desk }: Props): Run | null => {
  const focus = document.activeElement;
  if (isField(focus)) return null;
  const selected = runOf(blocks, desk.selected);
  if (selected !== null) return selected;
  // Words that somebody marked are what they want to copy.
  if (window.getSelection()?.isCollapsed === false) return null;
  const key = blockAt(focus);
  return key !== undefined && focus?.closest('[data-block-head]') ? runAt(blocks, null, key) : null;
};

/** Where blocks would come in; null where a paste belongs to a field. */
const placeToPaste = ({ blocks, desk }: Props): number | null => {
  if (desk.adding !== null) return Math.min(desk.adding, blocks.length);
  const focus = document.activeElement;
  if (isField(focus) || document.querySelector('[role="dialog"]') !== null) return null;
  const point = focus?.closest<HTMLElement>('[data-insert-at]')?.dataset['insertAt'];
  if (point !== undefined) return Number(point);
  const selected = runOf(blocks, desk.selected);
  if (selected !== null) return selected.from + selected.count;
  const here = blockAt(focus) ?? desk.aim?.key;
  const place = blocks.findIndex(({ key }) => key === here);
  return place === -1 ? blocks.length : place + 1;
};

const refuse = (message: string) => notifications.show({ message, color: 'red' });

/** Copies, cuts and pastes whole blocks with the keys for it, between documents and windows too. */
export const useBlockClipboard = (props: Props) => {
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    const copy = (event: ClipboardEvent): Run | null => {
      const run = event.defaultPrevented ? null : runToCopy(latest.current);
      if (run === null || event.clipboardData === null) return null;
      const { blocks, kinds } = latest.current;
      const written = writeClipboard(blocks.slice(run.from, run.from + run.count), kinds);
      event.clipboardData.setData('text/html', written.html);
      event.clipboardData.setData('text/plain', written.text);
      event.preventDefault();
      return run;
    };
    const onCopy = (event: ClipboardEvent) => {
      const run = copy(event);
      if (run !== null) notifications.show({ message: text.clipboard.copied(run.count) });
    };
    const onCut = (event: ClipboardEvent) => {
      const { blocks, verbs, readOnly } = latest.current;
      const run = readOnly ? null : copy(event);
      if (run !== null) verbs.remove(keysOf(blocks, run));
    };
    const onPaste = (event: ClipboardEvent) => {
      const { blocks, kinds, verbs, readOnly } = latest.current;
      if (readOnly || event.defaultPrevented) return;
      const place = placeToPaste(latest.current);
      const found = place === null ? null : readClipboard(event.clipboardData?.getData('text/html') ?? '', kinds);
      if (place === null || found === null) return;
      event.preventDefault();
      if (found.kind === 'refused') refuse(found.message);
      else if (blocks.length + found.blocks.length > mostBlocks) refuse(text.insert.full);
      else verbs.put(place, found.blocks);
    };
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCut);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCut);
      document.removeEventListener('paste', onPaste);
    };
  }, []);
};

/** By a button: the same as the key, where the browser lets a page do it. */
const byButton = (command: 'copy' | 'cut') => {
  if (!document.execCommand(command)) refuse(text.clipboard.byKeyOnly);
};

export const copySelected = () => byButton('copy');
export const cutSelected = () => byButton('cut');

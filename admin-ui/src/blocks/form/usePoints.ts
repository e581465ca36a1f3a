import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Point } from '~/richtext/point';
import type { Field } from '../definition';
import { wordsOf } from '../summary';

/** A list of points: each of its items is one short text and nothing else. */
const isPoint = ({ widget }: Field) => widget === 'line' || widget === 'richText';

/** Writing a list of points as one writes a list: Enter goes on in the next point, Backspace takes an empty one away. */
export const usePoints = (item: Field, items: readonly unknown[], onChange: (items: readonly unknown[]) => void) => {
  const [going, setGoing] = useState<{ place: number; caret: 'start' | 'end' } | null>(null);
  const here = useRef<number | null>(null);
  const count = useRef(items.length);

  // It is said once: what stands at that place later is not meant.
  useEffect(() => {
    if (going !== null) setGoing(null);
  }, [going]);

  // Undo may take away the point that is written in; the caret goes back to where it had come from.
  useEffect(() => {
    const fewer = items.length < count.current;
    count.current = items.length;
    if (!fewer || here.current === null || document.activeElement !== document.body) return;
    setGoing({ place: Math.max(0, here.current - 1), caret: 'end' });
  }, [items.length]);

  // The next key is for the other point already.
  const go = (place: number, caret: 'start' | 'end', next: readonly unknown[]) =>
    flushSync(() => {
      onChange(next);
      setGoing({ place, caret });
    });

  const pointAt = (place: number): Point => ({
    coming: going?.place === place ? going : null,
    onBreak: (before, after) => {
      // Two empty points say no more than one.
      if ([before, after].every((half) => wordsOf(item, half) === '')) return;
      go(place + 1, 'start', items.toSpliced(place, 1, before, after));
    },
    onErase: () => {
      if (items.length === 1) return;
      go(Math.max(0, place - 1), place === 0 ? 'start' : 'end', items.toSpliced(place, 1));
    },
  });
  return {
    pointAt: isPoint(item) ? pointAt : undefined,
    /** For the list around them. */
    handlers: {
      onFocus: ({ currentTarget, target }: FocusEvent) => {
        const isText = target.matches('input, [role="textbox"]');
        here.current = isText ? [...currentTarget.children].findIndex((each) => each.contains(target)) : null;
      },
      onBlur: () => {
        here.current = null;
      },
    },
  };
};

/** What a line needs to be a point. */
export const useLinePoint = (point: Point | undefined) => {
  const line = useRef<HTMLInputElement>(null);
  const coming = point?.coming ?? null;
  useEffect(() => {
    if (coming === null || line.current === null) return;
    const caret = coming.caret === 'end' ? line.current.value.length : 0;
    line.current.focus();
    line.current.setSelectionRange(caret, caret);
  }, [coming]);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const { value, selectionStart, selectionEnd } = event.currentTarget;
    if (point === undefined || event.nativeEvent.isComposing) return;
    if (event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      point.onBreak(value.slice(0, selectionStart ?? value.length), value.slice(selectionEnd ?? value.length));
    } else if (event.key === 'Backspace' && value === '' && !event.repeat) {
      event.preventDefault();
      point.onErase();
    }
  };
  return { ref: line, onKeyDown };
};

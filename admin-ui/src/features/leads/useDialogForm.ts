import { useEffect, useRef, useState } from 'react';
import { fieldErrors } from '~/ui/fieldErrors';
import type { Trouble } from './DialogAlert';
import { text } from './text';
import type { WorkAnswer } from './useLeadWork';

export type Errors = { [field: string]: string };

/**
 * What is wrong with a dialog's form, and where the keyboard goes because of it. `fields` are named as the server names
 * them, and stand in the order of the form, each in an element with its name in `data-field`.
 */
export const useDialogForm = (fields: string[]) => {
  const [errors, setErrors] = useState<Errors>({});
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  /** What was wrong when it was judged last: there the keyboard goes, once. */
  const [judged, setJudged] = useState<Errors>({});
  const order = useRef(fields);

  useEffect(() => {
    const first = order.current.find((field) => judged[field] !== undefined);
    const place = first === undefined ? null : form.current?.querySelector(`[data-field="${first}"]`);
    const wrong = place?.querySelector<HTMLElement>('[aria-invalid="true"]:enabled:not([role])');
    (
      wrong ??
      place?.querySelector<HTMLElement>('input:checked') ??
      place?.querySelector<HTMLElement>('input:enabled, textarea, button')
    )?.focus();
  }, [judged]);

  const refuse = (wrong: Errors) => {
    setErrors(wrong);
    setJudged(wrong);
  };

  /** Does it, and says at the fields or above them why it was not done. */
  const perform = async <A extends WorkAnswer | { kind: 'done' }>(work: () => Promise<A>): Promise<A> => {
    setErrors({});
    setTrouble(null);
    setBusy(true);
    const answer = await work();
    setBusy(false);
    switch (answer.kind) {
      case 'done':
        break;
      case 'conflict':
        setTrouble({ title: text.conflict.title, lines: answer.lines });
        break;
      case 'refused': {
        const { byField, rest } = fieldErrors(answer.userErrors, fields);
        refuse(byField);
        const [title, ...lines] = rest;
        if (title !== undefined) setTrouble({ title, lines });
        else if (Object.keys(byField).length === 0) setTrouble({ title: text.failed, lines: [] });
        break;
      }
      case 'failed':
        setTrouble({ title: answer.message, lines: [] });
        break;
    }
    return answer;
  };

  /** What was mended is not wrong any more. */
  const mend = (field: string) =>
    setErrors((all) =>
      all[field] === undefined ? all : Object.fromEntries(Object.entries(all).filter(([of]) => of !== field)),
    );

  return { errors, trouble, busy, form, perform, refuse, mend };
};

import { useEffect, useRef, useState } from 'react';
import { fieldErrors } from '~/ui/fieldErrors';
import type { Trouble } from './DialogAlert';
import type { Lead } from './queries';
import { text } from './text';
import type { WorkAnswer } from './useLeadWork';

export type Errors = { [field: string]: string };

/**
 * A form over a lead as it was when the dialog opened: if somebody changes it meanwhile, the server refuses, and the
 * dialog says what happened and keeps what was written. `fields` are named as the server names them, and stand in the
 * order of the form, each in an element with its name in `data-field`.
 */
export const useDialogWork = (lead: Lead, fields: string[]) => {
  const [seen, setSeen] = useState(lead);
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
    const wrong = place?.querySelector<HTMLElement>('[aria-invalid="true"]:not([role])');
    (
      wrong ??
      place?.querySelector<HTMLElement>('input:checked') ??
      place?.querySelector<HTMLElement>('input, textarea')
    )?.focus();
  }, [judged]);

  const refuse = (wrong: Errors) => {
    setErrors(wrong);
    setJudged(wrong);
  };

  const perform = async (work: (seen: Lead) => Promise<WorkAnswer>): Promise<boolean> => {
    setErrors({});
    setTrouble(null);
    setBusy(true);
    const answer = await work(seen);
    setBusy(false);
    switch (answer.kind) {
      case 'done':
        return true;
      case 'conflict':
        setTrouble({ title: text.conflict.title, lines: answer.lines });
        if (answer.lead !== null) setSeen(answer.lead);
        return false;
      case 'refused': {
        const { byField, rest } = fieldErrors(answer.userErrors, fields);
        refuse(byField);
        const [title, ...lines] = rest;
        if (title !== undefined) setTrouble({ title, lines });
        else if (Object.keys(byField).length === 0) setTrouble({ title: text.failed, lines: [] });
        return false;
      }
      case 'failed':
        setTrouble({ title: answer.message, lines: [] });
        return false;
    }
  };

  /** What was mended is not wrong any more. */
  const mend = (field: string) =>
    setErrors((all) =>
      all[field] === undefined ? all : Object.fromEntries(Object.entries(all).filter(([of]) => of !== field)),
    );

  return { seen, errors, trouble, busy, form, perform, refuse, mend };
};

export type DialogWork = ReturnType<typeof useDialogWork>;

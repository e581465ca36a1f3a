import { useState } from 'react';
import type { Lead } from './queries';
import { useDialogForm } from './useDialogForm';
import type { WorkAnswer } from './useLeadWork';

/**
 * A form over a lead as it was when the dialog opened: if somebody changes it meanwhile, the server refuses, and the
 * dialog says what happened and keeps what was written. `fields` as in `useDialogForm`.
 */
export const useDialogWork = (lead: Lead, fields: string[]) => {
  const [seen, setSeen] = useState(lead);
  const form = useDialogForm(fields);

  const perform = async (work: (seen: Lead) => Promise<WorkAnswer>): Promise<boolean> => {
    const answer = await form.perform(() => work(seen));
    if (answer.kind === 'conflict' && answer.lead !== null) setSeen(answer.lead);
    return answer.kind === 'done';
  };

  return { ...form, seen, perform };
};

export type DialogWork = ReturnType<typeof useDialogWork>;

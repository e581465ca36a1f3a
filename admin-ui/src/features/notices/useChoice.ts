import { notifications } from '@mantine/notifications';
import { useRef, useState } from 'react';
import { useClient } from 'urql';
import { failureText } from '~/gql/client';
import { type Choice, UpdateNotices } from './queries';
import { text } from './text';

/**
 * What is chosen, shown before it is saved and put back when it cannot be. Every request says all there is to choose,
 * so they go one after another: side by side an older one could come last and undo what was pressed since.
 */
export const useChoice = (read: Choice) => {
  const client = useClient();
  const [shown, setShown] = useState(read);
  const saved = useRef(read);
  const wanted = useRef(read);
  const saving = useRef(false);

  /** Why it was not saved; null when it was. */
  const save = async ({ received, urgent, due, assigned }: Choice) => {
    const { data, error } = await client.mutation(UpdateNotices, { input: { received, urgent, due, assigned } });
    const answer = data?.updateLeadNotices;
    if (answer?.notices == null) {
      return error === undefined ? (answer?.userErrors[0]?.message ?? text.refused) : failureText(error);
    }
    saved.current = answer.notices;
    return null;
  };

  const choose = async (part: Partial<Choice>) => {
    wanted.current = { ...wanted.current, ...part };
    setShown(wanted.current);
    if (saving.current) return;
    saving.current = true;
    let sent: Choice;
    let failure: string | null;
    do {
      sent = wanted.current;
      failure = await save(sent);
    } while (sent !== wanted.current);
    saving.current = false;
    wanted.current = saved.current;
    setShown(saved.current);
    if (failure !== null) notifications.show({ color: 'red', message: `${text.notSaved}: ${failure}` });
  };

  return { shown, choose };
};

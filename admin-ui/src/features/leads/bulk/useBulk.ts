import { notifications } from '@mantine/notifications';
import { useRef, useState } from 'react';
import { type CombinedError, useClient } from 'urql';
import { failureText } from '~/gql/client';
import { LeadCountsQuery, type LeadRow } from '../queries';
import { showUndo } from '../undoToast';
import { type BulkAnswer, BulkAssignLeads, BulkCloseLeads, UndoBulkLeads } from './queries';
import { text } from './text';

/** Milliseconds: many leads are more to look over than one. */
const shownFor = 20_000;

type Answered = { answer: BulkAnswer | undefined; error: CombinedError | undefined };

/** Does one thing to several leads, says what came of it, and takes it back. */
export const useBulk = (onChanged: () => void, onDone: (ids: string[]) => void) => {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const running = useRef(false);

  const renewed = () => {
    onChanged();
    void client.query(LeadCountsQuery, {}, { requestPolicy: 'network-only' }).toPromise();
  };

  const undo = async (token: string) => {
    const { data, error } = await client.mutation(UndoBulkLeads, { input: { token } });
    const answer = data?.undoBulkLeads;
    // Nobody knows whether it was heard; asked for again, it is done once.
    if (answer === undefined && error !== undefined) {
      showUndo(`${text.notUndone} ${failureText(error)}`, () => void undo(token), shownFor);
      return;
    }
    if (answer?.bulk == null) {
      notifications.show({ message: `${text.notUndone} ${whyNot({ answer, error })}`, color: 'red' });
      return;
    }
    const lines = answer.bulk.leads;
    const kept = lines.flatMap(({ lead, problem }) => (problem === null ? [] : [lead?.reference ?? text.gone]));
    const message = text.undone(lines.length - kept.length);
    notifications.show({ message: kept.length === 0 ? message : `${message} ${text.kept(kept)}` });
    renewed();
  };

  const run = async (leads: readonly LeadRow[], act: () => Promise<Answered>, say: (count: number) => string) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setProblems([]);
    const answered = await act();
    running.current = false;
    setBusy(false);
    const bulk = answered.answer?.bulk;
    if (bulk == null) {
      setProblems([whyNot(answered)]);
      return;
    }
    const referenceOf = (place: number) => leads[place]?.reference ?? text.gone;
    setProblems(
      bulk.leads.flatMap(({ problem }, place) =>
        problem === null ? [] : [`${referenceOf(place)}: ${problem.message}`],
      ),
    );
    const done = bulk.leads.flatMap(({ lead, problem }) => (lead === null || problem !== null ? [] : [lead.id]));
    const { undo: token } = bulk;
    if (token !== null) showUndo(say(done.length), () => void undo(token), shownFor);
    renewed();
    onDone(done);
  };

  const named = (leads: readonly LeadRow[]) => leads.map(({ id, version }) => ({ id, version }));
  return {
    busy,
    problems,
    assign: (leads: readonly LeadRow[], assignee: string | null, say: (count: number) => string) =>
      run(
        leads,
        async () => {
          const { data, error } = await client.mutation(BulkAssignLeads, { input: { leads: named(leads), assignee } });
          return { answer: data?.bulkAssignLeads, error };
        },
        say,
      ),
    closeAsSpam: (leads: readonly LeadRow[]) =>
      run(
        leads,
        async () => {
          const input = { leads: named(leads), outcome: 'SPAM' as const };
          const { data, error } = await client.mutation(BulkCloseLeads, { input });
          return { answer: data?.bulkCloseLeads, error };
        },
        text.closed,
      ),
  };
};

const whyNot = ({ answer, error }: Answered): string =>
  answer?.userErrors[0]?.message ?? (error === undefined ? text.failed : failureText(error));

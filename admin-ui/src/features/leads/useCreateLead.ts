import { useRef } from 'react';
import { useClient, useMutation } from 'urql';
import { failureText } from '~/gql/client';
import { CreateLead, type CreateLeadInput, type Lead, LeadCountsQuery } from './queries';
import { text } from './text';
import type { WorkAnswer } from './useLeadWork';

/** `asFirstSent`: the lead was made by an earlier attempt, whose answer was lost, and holds what was sent then. */
export type CreateAnswer =
  | (WorkAnswer & { kind: 'refused' | 'failed' })
  | { kind: 'done'; lead: Lead; asFirstSent: boolean };

/** Takes in who calls. Every attempt carries the same key, so however often it is sent there is one lead. */
export const useCreateLead = () => {
  const client = useClient();
  const [, createLead] = useMutation(CreateLead);
  /** What was sent and not answered: any of it may have arrived. */
  const unanswered = useRef<CreateLeadInput[]>([]);

  const ask = async (input: CreateLeadInput): Promise<CreateAnswer> => {
    const { data, error } = await createLead({ input });
    if (data == null) return { kind: 'failed', message: error === undefined ? text.failed : failureText(error) };
    const { lead, userErrors } = data.createLead;
    return lead === null || userErrors.length > 0
      ? { kind: 'refused', userErrors }
      : { kind: 'done', lead, asFirstSent: false };
  };

  const create = async (input: CreateLeadInput): Promise<CreateAnswer> => {
    let answer = await ask(input);
    if (answer.kind === 'failed') unanswered.current.push(input);
    if (answer.kind === 'refused' && answer.userErrors.some(({ code }) => code === 'IDEMPOTENCY_MISMATCH')) {
      for (const before of unanswered.current) {
        // When it goes on is no part of what has to be the same, and has to be ahead.
        const found = await ask({ ...before, nextActionAt: input.nextActionAt ?? null });
        if (found.kind === 'done') {
          answer = { ...found, asFirstSent: true };
          break;
        }
      }
    }
    if (answer.kind === 'done') void client.query(LeadCountsQuery, {}, { requestPolicy: 'network-only' }).toPromise();
    return answer;
  };

  return create;
};

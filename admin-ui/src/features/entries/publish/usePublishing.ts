import { useMemo } from 'react';
import { useClient, useQuery } from 'urql';
import { failureText } from '~/gql/client';
import type { UserError } from '../entry';
import {
  CancelSchedule,
  PublishEntries,
  PublishPlanQuery,
  SchedulePublish,
  ScheduleUnpublish,
  UndoPublish,
} from '../queries';
import type { Moment } from './When';

type Answered = {
  error?: Parameters<typeof failureText>[0] | undefined;
  errors: readonly UserError[] | undefined;
};

/** Why something was not done, as a sentence; null when it was. */
const refusal = ({ error, errors }: Answered): string | null =>
  error !== undefined ? failureText(error) : (errors?.[0]?.message ?? null);

/** What publishing can ask of the server beside publishing one thing now. Each answers why not, or null. */
export const usePublishing = (id: string) => {
  const client = useClient();
  const [{ data }, reload] = useQuery({ query: PublishPlanQuery, variables: { id }, requestPolicy: 'network-only' });
  const verbs = useMemo(
    () => ({
      together: async (entries: { id: string; revision: string }[]) => {
        const { data: done, error } = await client.mutation(PublishEntries, { input: { entries } });
        return refusal({ error, errors: done?.publishEntries.userErrors });
      },
      planPublish: async (revision: string, moment: Moment) => {
        const { data: done, error } = await client.mutation(SchedulePublish, { input: { id, revision, ...moment } });
        return refusal({ error, errors: done?.schedulePublish.userErrors });
      },
      planUnpublish: async (moment: Moment) => {
        const { data: done, error } = await client.mutation(ScheduleUnpublish, { input: { id, ...moment } });
        return refusal({ error, errors: done?.scheduleUnpublish.userErrors });
      },
      undo: async (entries: { id: string; revision: string }[]) => {
        const { data: done, error } = await client.mutation(UndoPublish, { input: { entries } });
        return refusal({ error, errors: done?.undoPublishEntries.userErrors });
      },
    }),
    [client, id],
  );
  const node = data?.node;
  const planned =
    node && 'schedules' in node ? node.schedules.filter(({ state }) => state === 'PENDING' || state === 'FAILED') : [];
  return {
    ...verbs,
    targets: data?.unpublishedTargets ?? [],
    planned,
    cancel: async (schedule: string) => {
      const { data: done, error } = await client.mutation(CancelSchedule, { input: { id: schedule } });
      reload({ requestPolicy: 'network-only' });
      return refusal({ error, errors: done?.cancelSchedule.userErrors });
    },
  };
};

export type Publishing = ReturnType<typeof usePublishing>;

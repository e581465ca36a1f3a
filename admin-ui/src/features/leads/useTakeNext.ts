import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useClient, useMutation } from 'urql';
import { failureText } from '~/gql/client';
import { type Lead, LeadCountsQuery, TakeNextLead } from './queries';
import { text } from './text';

/** Whoever has waited longest becomes the viewer's; the server gives nobody to two people. */
export const useTakeNext = (onTaken: (lead: Lead) => void) => {
  const client = useClient();
  const [, takeNextLead] = useMutation(TakeNextLead);
  const [busy, setBusy] = useState(false);

  const take = async () => {
    if (busy) return;
    setBusy(true);
    const { data, error } = await takeNextLead({});
    setBusy(false);
    const answer = data?.takeNextLead;
    if (answer?.lead != null) {
      onTaken(answer.lead);
      void client.query(LeadCountsQuery, {}, { requestPolicy: 'network-only' }).toPromise();
    } else if (answer !== undefined && answer.userErrors.length === 0) {
      // By its name, so that asking again does not pile it up.
      notifications.show({ id: 'nobody-waits', message: text.takeNext.nobody });
    } else {
      const why = answer?.userErrors[0]?.message ?? (error === undefined ? text.failed : failureText(error));
      notifications.show({ message: `${text.takeNext.failed} ${why}`, color: 'red' });
    }
  };

  return { busy, take };
};

import { useRef, useState } from 'react';
import { type OperationResult, useClient } from 'urql';
import { failureText } from '~/gql/client';
import type { ResultOf } from '~/gql/graphql';
import { usePolling } from '~/ui/usePolling';
import { changesSoon } from './delivery';
import { type Delivery, type Webhook, WebhookLogQuery } from './queries';

const fresh = { requestPolicy: 'network-only' } as const;
const page = 20;
/** As many as the server gives at a time. */
const most = 100;

type Answer = OperationResult<ResultOf<typeof WebhookLogQuery>>;
type Log = { rows: Delivery[]; totalCount: number; pageInfo: { hasNextPage: boolean } };
type Read = { webhook: Webhook; log: Log } | 'missing';

/**
 * A webhook and what it was told. It is read anew as a whole, as far as it is shown, so nothing falls between two pages
 * while messages come: every few seconds while one is about to be sent, and now and then otherwise.
 */
export const useWebhookLog = (id: string) => {
  const client = useClient();
  const [found, setFound] = useState<Read | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [extending, setExtending] = useState(false);
  const wanted = useRef(page);
  const turn = useRef(0);
  const reading = useRef(false);

  const renew = async () => {
    turn.current += 1;
    const mine = turn.current;
    reading.current = true;
    const rows: Delivery[] = [];
    let after: string | null = null;
    let read: Read = 'missing';
    let failed: string | null = null;
    for (;;) {
      const first = Math.min(most, wanted.current - rows.length);
      const answer: Answer = await client.query(WebhookLogQuery, { first, after }, fresh);
      // Somebody asked again meanwhile; theirs counts.
      if (mine !== turn.current) return;
      if (answer.data === undefined) {
        failed = answer.error === undefined ? null : failureText(answer.error);
        break;
      }
      const webhook = answer.data.webhooks.find((each) => each.id === id);
      if (webhook === undefined) break;
      const { nodes, totalCount, pageInfo } = webhook.deliveries;
      rows.push(...nodes);
      read = { webhook, log: { rows, totalCount, pageInfo } };
      if (rows.length >= wanted.current || !pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    reading.current = false;
    setExtending(false);
    setFailure(failed);
    if (failed === null) setFound(read);
  };

  const rows = found === null || found === 'missing' ? [] : found.log.rows;
  usePolling(
    () => {
      // On a slow line the last look is still on its way.
      if (!reading.current) void renew();
    },
    changesSoon(rows, Date.now()) ? 2_500 : 15_000,
  );

  return {
    found,
    failure,
    extending,
    renew: () => void renew(),
    extend: () => {
      wanted.current = rows.length + page;
      setExtending(true);
      void renew();
    },
    /** What a mutation answered is shown at once. */
    changed: (delivery: Delivery) => {
      if (found === null || found === 'missing') return;
      const { log, webhook } = found;
      const known = log.rows.some((row) => row.id === delivery.id);
      setFound({
        webhook,
        log: known
          ? { ...log, rows: log.rows.map((row) => (row.id === delivery.id ? delivery : row)) }
          : { ...log, rows: [delivery, ...log.rows], totalCount: log.totalCount + 1 },
      });
      void renew();
    },
  };
};

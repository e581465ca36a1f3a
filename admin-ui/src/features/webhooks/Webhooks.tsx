import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useQuery } from 'urql';
import { failureText } from '~/gql/client';
import { useCan } from '~/gql/session';
import { Bar } from '~/ui/Bar';
import { Chip } from '~/ui/Chip';
import { Listing } from '~/ui/Listing';
import { lazyPart } from '~/ui/lazyPart';
import { RelativeTime } from '~/ui/RelativeTime';
import list from '~/ui/rows.module.css';
import { useShortcuts } from '~/ui/shortcuts';
import { EmptyState } from '~/ui/states';
import { useTitle } from '~/ui/title';
import { usePolling } from '~/ui/usePolling';
import { nameOf, outcomeOf } from './delivery';
import { OutcomeChip } from './OutcomeChip';
import { WebhooksQuery } from './queries';
import { text } from './text';
import classes from './Webhooks.module.css';

const WebhookDialog = lazyPart(async () => (await import('./WebhookDialog')).WebhookDialog);

/** Addresses that are told what changed. */
export const Webhooks = () => (useCan('MANAGE_SETTINGS') ? <OpenWebhooks /> : <NotForRole />);

export const NotForRole = () => {
  useTitle(text.title);
  return (
    <>
      <Bar title={text.title} />
      <EmptyState title={text.forbidden.title}>{text.forbidden.body}</EmptyState>
    </>
  );
};

const fresh = { requestPolicy: 'network-only' } as const;

const OpenWebhooks = () => {
  useTitle(text.title);
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const [{ data, error, fetching }, retry] = useQuery({ query: WebhooksQuery });
  usePolling(() => retry(fresh), 15_000);
  useShortcuts('This list', [{ key: 'n', label: text.new, run: () => setAdding(true) }]);
  const found = data?.webhooks;
  const make = (
    <Button leftSection={<IconPlus size={16} stroke={1.8} />} onClick={() => setAdding(true)}>
      {text.new}
    </Button>
  );
  return (
    <>
      <Bar title={text.title} end={found === undefined || found.length === 0 ? null : make} />
      <Listing
        found={found && { shown: found.length, totalCount: found.length, pageInfo: { hasNextPage: false } }}
        error={error === undefined ? null : failureText(error)}
        fetching={fetching}
        failed={text.failed}
        onRetry={() => retry(fresh)}
        onMore={() => {}}
        empty={
          <EmptyState title={text.empty.title} action={make}>
            {text.empty.body}
          </EmptyState>
        }
      >
        <table className={`${list['table']} ${classes['table']}`}>
          <caption className="visually-hidden">{text.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{text.columns.name}</th>
              <th scope="col">{text.columns.state}</th>
              <th scope="col">{text.columns.last}</th>
            </tr>
          </thead>
          <tbody>
            {found?.map(
              ({
                deliveries: {
                  nodes: [last],
                },
                ...webhook
              }) => (
                <tr key={webhook.id}>
                  <td>
                    <Link to="/settings/webhooks/$id" params={{ id: webhook.id }} className={list['name']}>
                      {nameOf(webhook)}
                    </Link>
                    {webhook.description !== '' && (
                      <span className={`${list['detail']} clip`} title={webhook.url}>
                        {webhook.url}
                      </span>
                    )}
                  </td>
                  <td>{webhook.enabled ? <Chip tone="ok">{text.on}</Chip> : <Chip>{text.off}</Chip>}</td>
                  <td>
                    {last === undefined ? (
                      <span className="muted">{text.nothingYet}</span>
                    ) : (
                      <span className={classes['last']}>
                        <OutcomeChip outcome={outcomeOf(last, Date.now())} />
                        <RelativeTime at={last.createdAt} />
                      </span>
                    )}
                  </td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </Listing>
      <Suspense fallback={null}>
        {adding && (
          <WebhookDialog
            webhook={null}
            onClose={() => setAdding(false)}
            onSaved={({ id }) => {
              notifications.show({ message: text.created });
              void navigate({ to: '/settings/webhooks/$id', params: { id } });
            }}
          />
        )}
      </Suspense>
    </>
  );
};

import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowLeft, IconSend } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useClient } from 'urql';
import { failureText } from '~/gql/client';
import { useCan } from '~/gql/session';
import { Bar } from '~/ui/Bar';
import { Chip } from '~/ui/Chip';
import { Listing } from '~/ui/Listing';
import { lazyPart } from '~/ui/lazyPart';
import { EmptyState } from '~/ui/states';
import { useTitle } from '~/ui/title';
import { ConfirmDialog } from './ConfirmDialog';
import { DeliveryLog } from './DeliveryLog';
import { nameOf } from './delivery';
import { DeleteWebhook, type Delivery, PingWebhook, type Webhook } from './queries';
import { SigningSecret } from './SigningSecret';
import { text } from './text';
import { useWebhookLog } from './useWebhookLog';
import classes from './WebhookScreen.module.css';
import { NotForRole } from './Webhooks';

const WebhookDialog = lazyPart(async () => (await import('./WebhookDialog')).WebhookDialog);

/** One webhook: where it leads, what signs its messages, and what it was told. */
export const WebhookScreen = () => {
  const { id } = useParams({ from: '/shell/settings/webhooks/$id' });
  return useCan('MANAGE_SETTINGS') ? <OpenWebhook key={id} id={id} /> : <NotForRole />;
};

const OpenWebhook = ({ id }: { id: string }) => {
  const client = useClient();
  const { found, failure, extending, renew, extend, changed } = useWebhookLog(id);
  const [pinging, setPinging] = useState(false);
  const webhook = found === null || found === 'missing' ? null : found.webhook;
  const name = webhook === null ? text.one : nameOf(webhook);
  useTitle(name);

  const ping = async () => {
    setPinging(true);
    const { data, error } = await client.mutation(PingWebhook, { input: { id } });
    setPinging(false);
    const sent = data?.pingWebhook.delivery;
    if (sent != null) {
      changed(sent);
      notifications.show({ message: text.pinged });
      return;
    }
    const refused = data?.pingWebhook.userErrors[0]?.message ?? text.refused;
    const message = error === undefined ? refused : failureText(error);
    notifications.show({ color: 'red', message: `${text.pingFailed}: ${message}` });
  };

  return (
    <>
      <Bar
        title={name}
        back={
          <Link to="/settings/webhooks" className={classes['back']} title={text.title}>
            <IconArrowLeft size={17} stroke={1.75} aria-hidden />
            <span>{text.title}</span>
          </Link>
        }
        end={
          webhook !== null && (
            <Button
              leftSection={<IconSend size={16} stroke={1.6} aria-hidden />}
              loading={pinging}
              onClick={() => void ping()}
            >
              {text.ping}
            </Button>
          )
        }
      />
      {found === 'missing' ? (
        <EmptyState
          title={text.missing.title}
          action={
            <Button variant="default" component={Link} to="/settings/webhooks">
              {text.missing.action}
            </Button>
          }
        >
          {text.missing.body}
        </EmptyState>
      ) : (
        <>
          {found !== null && <Head webhook={found.webhook} last={found.log.rows[0]} onSaved={renew} />}
          {found !== null && (
            <div className={classes['heading']}>
              <h2>{text.log.title}</h2>
              <span className="muted">{text.log.about}</span>
              {failure !== null && (
                <span role="status" className={classes['stale']}>
                  {failure}
                </span>
              )}
            </div>
          )}
          <Listing
            found={found === null ? undefined : { ...found.log, shown: found.log.rows.length }}
            error={failure}
            fetching={extending}
            failed={text.failed}
            onRetry={renew}
            onMore={extend}
            empty={<p className={classes['none']}>{text.log.none}</p>}
          >
            {found !== null && <DeliveryLog rows={found.log.rows} total={found.log.totalCount} onChanged={changed} />}
          </Listing>
        </>
      )}
    </>
  );
};

const Head = ({ webhook, last, onSaved }: { webhook: Webhook; last: Delivery | undefined; onSaved: () => void }) => {
  const client = useClient();
  const navigate = useNavigate();
  const [open, setOpen] = useState<'change' | 'remove' | null>(null);
  const close = () => setOpen(null);

  const remove = async () => {
    const { data, error } = await client.mutation(DeleteWebhook, { input: { id: webhook.id } });
    if (error !== undefined) return failureText(error);
    if (data?.deleteWebhook.webhook == null) return data?.deleteWebhook.userErrors[0]?.message ?? text.refused;
    notifications.show({ message: text.remove.done });
    await navigate({ to: '/settings/webhooks' });
    return null;
  };

  return (
    <div className={classes['head']}>
      <div className={classes['about']}>
        <p className={classes['url']}>{webhook.url}</p>
        <div className={classes['line']}>
          {webhook.enabled ? <Chip tone="ok">{text.on}</Chip> : <Chip>{text.off}</Chip>}
          <span className={classes['acts']}>
            <Button variant="default" size="compact-sm" onClick={() => setOpen('change')}>
              {text.change}
            </Button>
            <Button variant="subtle" size="compact-sm" className="danger" onClick={() => setOpen('remove')}>
              {text.remove.button}
            </Button>
          </span>
        </div>
        {!webhook.enabled && <p className="muted">{last?.status === 410 ? text.saidGone : text.isOff}</p>}
      </div>
      <SigningSecret id={webhook.id} />
      <Suspense fallback={null}>
        {open === 'change' && (
          <WebhookDialog
            webhook={webhook}
            onClose={close}
            onSaved={() => {
              close();
              onSaved();
              notifications.show({ message: text.saved });
            }}
          />
        )}
      </Suspense>
      {open === 'remove' && (
        <ConfirmDialog
          dangerous
          words={{ ...text.remove, body: text.remove.body(webhook.url) }}
          act={remove}
          onClose={close}
        />
      )}
    </div>
  );
};

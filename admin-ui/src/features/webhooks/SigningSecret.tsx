import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCopy, IconEye, IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useClient } from 'urql';
import { failureText } from '~/gql/client';
import { copyText } from '~/ui/copyText';
import { ConfirmDialog } from './ConfirmDialog';
import { RenewWebhookSecret, WebhookSecrets } from './queries';
import { text } from './text';
import classes from './WebhookScreen.module.css';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true };

/** What the messages are signed with. It comes to this browser only when somebody wants to see it. */
export const SigningSecret = ({ id }: { id: string }) => {
  const client = useClient();
  const [secret, setSecret] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [renewing, setRenewing] = useState(false);

  const show = async () => {
    setBusy(true);
    const { data, error } = await client.query(WebhookSecrets, {}, { requestPolicy: 'network-only' });
    setBusy(false);
    const found = data?.webhooks.find((each) => each.id === id);
    if (found !== undefined) setSecret(found.secret);
    else {
      const message = error === undefined ? text.missing.body : failureText(error);
      notifications.show({ color: 'red', message: `${text.secret.failed}: ${message}` });
    }
  };
  const copy = async (words: string) => {
    const copied = await copyText(words);
    notifications.show({ message: copied ? text.secret.copied : text.secret.copyFailed });
  };
  const renew = async () => {
    const { data, error } = await client.mutation(RenewWebhookSecret, { input: { id } });
    if (error !== undefined) return failureText(error);
    const renewed = data?.renewWebhookSecret.webhook;
    if (renewed == null) return data?.renewWebhookSecret.userErrors[0]?.message ?? text.refused;
    setSecret(renewed.secret);
    setRenewing(false);
    notifications.show({ message: text.renew.done });
    return null;
  };

  return (
    <section className={classes['secret']} aria-labelledby="secret-title">
      <h2 id="secret-title">{text.secret.title}</h2>
      <p className="muted">{text.secret.body}</p>
      <div className={classes['line']}>
        {secret === null ? (
          <span className={classes['code']}>
            <span aria-hidden="true">whsec_••••••••••••</span>
            <span className="visually-hidden">{text.secret.hidden}</span>
          </span>
        ) : (
          <code className={classes['code']}>{secret}</code>
        )}
        <span className={classes['acts']}>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={secret === null ? <IconEye {...icon} /> : <IconEyeOff {...icon} />}
            loading={busy}
            onClick={() => (secret === null ? void show() : setSecret(null))}
          >
            {secret === null ? text.secret.show : text.secret.hide}
          </Button>
          {secret !== null && (
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconCopy {...icon} />}
              onClick={() => void copy(secret)}
            >
              {text.secret.copy}
            </Button>
          )}
          <Button variant="subtle" size="compact-sm" onClick={() => setRenewing(true)}>
            {text.secret.renew}
          </Button>
        </span>
      </div>
      {renewing && <ConfirmDialog words={text.renew} act={renew} onClose={() => setRenewing(false)} />}
    </section>
  );
};

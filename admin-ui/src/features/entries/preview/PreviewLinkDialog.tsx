import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useClient } from 'urql';
import { failureText } from '~/gql/client';
import { copyText } from '~/ui/copyText';
import { CreatePreviewLink } from '../queries';
import { text } from './text';

type Link = { url: string | null; token: string; expiresAt: string };

/** Makes a link by which somebody without an account can read the draft for a while. */
export const PreviewLinkDialog = ({ entryId, onClose }: { entryId: string; onClose: () => void }) => {
  const client = useClient();
  const [hours, setHours] = useState('24');
  const [busy, setBusy] = useState(false);
  const [link, setLink] = useState<Link | null>(null);
  const [copied, setCopied] = useState<'url' | 'token' | null>(null);
  const [error, setError] = useState<string | null>(null);

  const make = async () => {
    setBusy(true);
    setError(null);
    const answer = await client.mutation(CreatePreviewLink, { input: { id: entryId, hours: Number(hours) } });
    setBusy(false);
    const made = answer.data?.createPreviewLink;
    if (made?.previewLink != null) setLink(made.previewLink);
    else setError(answer.error ? failureText(answer.error) : (made?.userErrors[0]?.message ?? text.failed));
  };
  const copy = async (what: 'url' | 'token', value: string) => {
    if (await copyText(value)) setCopied(what);
    else setError(text.copyFailed);
  };

  return (
    <Modal opened onClose={onClose} title={text.shareTitle}>
      <Stack gap="md">
        <p>{text.shareBody}</p>
        {link === null ? (
          <NativeSelect
            label={text.holds}
            value={hours}
            onChange={({ currentTarget }) => setHours(currentTarget.value)}
            data={[
              { value: '1', label: text.hour },
              { value: '24', label: text.day },
              { value: '72', label: text.days },
              { value: '168', label: text.week },
            ]}
          />
        ) : (
          <>
            {link.url !== null && (
              <TextInput
                label={text.url}
                value={link.url}
                readOnly
                description={text.until(new Date(link.expiresAt))}
                onFocus={({ currentTarget }) => currentTarget.select()}
              />
            )}
            <TextInput
              label={text.token}
              value={link.token}
              readOnly
              description={`${text.tokenHelp} ${text.until(new Date(link.expiresAt))}.`}
              onFocus={({ currentTarget }) => currentTarget.select()}
            />
          </>
        )}
        {error !== null && <p role="alert">{error}</p>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {text.done}
          </Button>
          {link === null ? (
            <Button loading={busy} onClick={() => void make()}>
              {text.make}
            </Button>
          ) : (
            <>
              <Button variant="default" onClick={() => void copy('token', link.token)}>
                {copied === 'token' ? text.copied : text.copyToken}
              </Button>
              {link.url !== null && (
                <Button onClick={() => void copy('url', link.url ?? '')}>
                  {copied === 'url' ? text.copied : text.copy}
                </Button>
              )}
            </>
          )}
        </Group>
      </Stack>
    </Modal>
  );
};

import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import type { Check } from './entry';
import { UnwaiveCheck, WaiveCheck } from './queries';
import { text } from './text';

/** Lets a warning stand with a reason, or says why it stands; without `onWaived` only that. */
export const WaiveForm = ({
  entryId,
  check,
  onWaived,
}: {
  entryId: string | undefined;
  check: Check;
  onWaived: ((check: Check) => void) | undefined;
}) => {
  const client = useClient();
  const [reason, setReason] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const asking = reason !== null;
  useEffect(() => {
    if (asking) input.current?.focus();
  }, [asking]);

  const take = (answer: { check: Check | null; userErrors: { message: string }[] } | undefined) => {
    setBusy(false);
    if (answer?.check == null) {
      setError(answer?.userErrors[0]?.message ?? text.checks.waiveFailed);
      return;
    }
    setReason(null);
    setError(null);
    onWaived?.(answer.check);
  };
  const waive = async (event: FormEvent) => {
    event.preventDefault();
    if (entryId === undefined || reason === null) return;
    setBusy(true);
    const answer = await client.mutation(WaiveCheck, { input: { id: entryId, check: check.fingerprint, reason } });
    take(answer.data?.waiveCheck);
  };
  const unwaive = async () => {
    if (entryId === undefined) return;
    setBusy(true);
    take(
      (await client.mutation(UnwaiveCheck, { input: { id: entryId, check: check.fingerprint } })).data?.unwaiveCheck,
    );
  };

  if (check.waiver !== null) {
    return (
      <>
        <p>{text.checks.waived(check.waiver.by, check.waiver.reason)}</p>
        {onWaived !== undefined && (
          <Button variant="subtle" size="compact-sm" loading={busy} onClick={() => void unwaive()}>
            {text.checks.unwaive}
          </Button>
        )}
        {error !== null && <p role="alert">{error}</p>}
      </>
    );
  }
  if (onWaived === undefined) return null;
  if (reason === null) {
    return (
      <Button variant="subtle" size="compact-sm" onClick={() => setReason('')}>
        {text.checks.waive}
      </Button>
    );
  }
  return (
    <form onSubmit={(event) => void waive(event)} style={{ width: '100%' }}>
      <TextInput
        label={text.checks.waiveReason}
        value={reason}
        error={error}
        maxLength={300}
        required
        ref={input}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <Group gap="xs" mt={6}>
        <Button type="submit" size="compact-sm" loading={busy}>
          {text.checks.waiveSave}
        </Button>
        <Button variant="default" size="compact-sm" onClick={() => setReason(null)}>
          {text.checks.waiveCancel}
        </Button>
      </Group>
    </form>
  );
};

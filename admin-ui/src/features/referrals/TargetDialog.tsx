import { Alert, Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRef, useState } from 'react';
import { useMutation } from 'urql';
import { failureText } from '~/gql/client';
import { fieldErrors } from '~/ui/fieldErrors';
import { useFocusBack } from '~/ui/useFocusBack';
import { SaveTarget, type Target } from './queries';
import { text as all } from './text';

const text = all.dialog;

/** A place that somebody may be sent to: a new one, or one that changes. */
export const TargetDialog = ({
  target,
  onClose,
  onSaved,
}: {
  target: Target | null;
  onClose: () => void;
  onSaved: () => void;
}) => {
  useFocusBack();
  const [{ fetching }, save] = useMutation(SaveTarget);
  const [name, setName] = useState(target?.name ?? '');
  const [phone, setPhone] = useState(target?.phone ?? '');
  const [inUse, setInUse] = useState(target?.inUse ?? true);
  const [verified, setVerified] = useState(target === null);
  const [errors, setErrors] = useState<{ [field: string]: string }>({});
  const [failure, setFailure] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);

  const refuse = (wrong: { [field: string]: string }) => {
    setErrors(wrong);
    const first = ['name', 'phone'].find((field) => wrong[field] !== undefined);
    if (first !== undefined) form.current?.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
  };
  const submit = async () => {
    if (fetching) return;
    setFailure(null);
    const missing = {
      ...(name.trim() === '' ? { name: text.noName } : {}),
      ...(phone.trim() === '' ? { phone: text.noPhone } : {}),
    };
    refuse(missing);
    if (Object.keys(missing).length > 0) return;
    const of = target === null ? {} : { id: target.id, version: target.version };
    const { data, error } = await save({ input: { ...of, name, phone, inUse, verified } });
    if (data == null) return setFailure(error === undefined ? text.failed : failureText(error));
    const { userErrors } = data.saveReferralTarget;
    if (userErrors.some(({ code }) => code === 'CONFLICT')) return setFailure(text.conflict);
    if (userErrors.length > 0) {
      const { byField, rest } = fieldErrors(userErrors, ['name', 'phone']);
      refuse(byField);
      return setFailure(rest[0] ?? null);
    }
    notifications.show({ message: text.saved(name.trim()) });
    onSaved();
  };

  return (
    <Modal opened onClose={onClose} title={target === null ? text.title : text.change(target.name)} size={440}>
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack>
          {failure === null ? null : (
            <Alert color="red" role="alert">
              {failure}
            </Alert>
          )}
          <TextInput
            name="name"
            label={text.name}
            maxLength={120}
            value={name}
            error={errors['name']}
            data-autofocus
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <TextInput
            name="phone"
            type="tel"
            label={text.phone}
            maxLength={60}
            value={phone}
            error={errors['phone']}
            onChange={({ currentTarget }) => setPhone(currentTarget.value)}
          />
          <Checkbox
            label={text.verified}
            checked={verified}
            onChange={({ currentTarget }) => setVerified(currentTarget.checked)}
          />
          <Checkbox
            label={text.inUse}
            checked={inUse}
            onChange={({ currentTarget }) => setInUse(currentTarget.checked)}
          />
          <Group justify="flex-end">
            <Button variant="subtle" onClick={onClose}>
              {text.cancel}
            </Button>
            <Button type="submit" loading={fetching}>
              {text.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};

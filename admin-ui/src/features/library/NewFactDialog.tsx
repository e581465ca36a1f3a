import { Button, Modal } from '@mantine/core';
import { useRef, useState } from 'react';
import { useClient } from 'urql';
import type { Values } from '~/blocks/block';
import dialog from '~/features/entries/dialog.module.css';
import { useTargetStore } from '~/features/entries/useTargetStore';
import { failureText } from '~/gql/client';
import { Loading, SkeletonRows } from '~/ui/states';
import { type Target, type TargetKind, TargetsProvider } from '~/ui/targets';
import { FactForm, focusFirstProblem, useFactFields } from './FactForm';
import { writeFact } from './fact';
import { type FactKindInfo, useFactKinds } from './kinds';
import { text } from './text';

type Props = {
  kind: TargetKind;
  /** What was searched for and not found. */
  name: string;
  onMade: (target: Target) => void;
  onClose: () => void;
};

/** Makes a fact where it is needed, without leaving the page that needs it. */
export const NewFactDialog = ({ kind, name, onMade, onClose }: Props) => {
  const { kinds, error } = useFactKinds();
  const info = kinds?.find((each) => each.kind === kind);
  return (
    <Modal opened onClose={onClose} title={info === undefined ? text.loading : text.new(info.noun)} size={560}>
      {info !== undefined ? (
        <NewFact info={info} kind={kind} name={name} onMade={onMade} onClose={onClose} />
      ) : error === undefined ? (
        <Loading label={text.loading}>
          <SkeletonRows rows={4} />
        </Loading>
      ) : (
        <p role="alert">{failureText(error)}</p>
      )}
    </Modal>
  );
};

/** The words that were searched for begin the first field, which is the name. */
const begun = ({ form }: FactKindInfo, name: string): Values => {
  const [first] = form.fields;
  return first === undefined ? form.empty : { ...form.empty, [first.name]: name };
};

const NewFact = ({ info, kind, name, onMade, onClose }: Props & { info: FactKindInfo }) => {
  const client = useClient();
  const store = useTargetStore();
  const form = useRef<HTMLFormElement>(null);
  const fields = useFactFields(begun(info, name));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const submit = async () => {
    setBusy(true);
    setFailure(null);
    const written = await writeFact(client, info, fields.values, null);
    setBusy(false);
    if (written.kind === 'done') {
      const { id, name: label, detail } = written.fact;
      onMade({ id, kind, label, detail, published: true });
    } else if (written.kind === 'refused') {
      fields.refuse(written.problems);
      focusFirstProblem(form.current, written.problems);
    } else if (written.kind === 'failed') {
      setFailure(written.message);
    }
  };
  return (
    <TargetsProvider value={store}>
      <form
        ref={form}
        noValidate
        className={dialog['dialog']}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {failure !== null && (
          <p role="alert" className={dialog['failure']}>
            {failure}
          </p>
        )}
        <FactForm kind={info} values={fields.values} problems={fields.problems} onChange={fields.change} />
        <div className={dialog['actions']}>
          <Button variant="subtle" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button type="submit" loading={busy}>
            {text.create(info.noun)}
          </Button>
        </div>
      </form>
    </TargetsProvider>
  );
};

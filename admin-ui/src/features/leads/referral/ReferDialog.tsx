import { Button, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useFocusBack } from '~/ui/useFocusBack';
import { DialogAlert } from '../DialogAlert';
import classes from '../dialog.module.css';
import type { Lead } from '../queries';
import type { Person } from '../reveal';
import { useDialogWork } from '../useDialogWork';
import type { LeadWork } from '../useLeadWork';
import { ReferralTargetsQuery } from './queries';
import { referralText as text } from './text';

const fields = ['target', 'patient', 'information', 'purpose', 'signedBy', 'signedOn', 'expiresOn'] as const;
type Field = Exclude<(typeof fields)[number], 'target'>;
const year = 365 * 24 * 3_600_000;

/** Sends somebody on to a place, as the patient agreed to in writing. */
export const ReferDialog = ({
  lead,
  person,
  work,
  onClose,
}: {
  lead: Lead;
  /** Where they are in sight, their name need not be typed again. */
  person: Person | null;
  work: LeadWork;
  onClose: () => void;
}) => {
  useFocusBack();
  const { errors, trouble, busy, form, perform, refuse, mend } = useDialogWork(lead, [...fields]);
  const [{ data, error }] = useQuery({ query: ReferralTargetsQuery, requestPolicy: 'network-only' });
  const [target, setTarget] = useState('');
  const [consent, setConsent] = useState<Record<Field, string>>({
    patient: lead.relationship === 'SELF' ? (person?.name ?? '') : '',
    information: '',
    purpose: '',
    signedBy: lead.relationship === 'SELF' ? (person?.name ?? '') : '',
    signedOn: '',
    expiresOn: '',
  });
  const targets = data?.referralTargets.filter(({ inUse }) => inUse) ?? null;
  const chosen = targets?.find(({ id }) => id === target);
  const isStale = chosen !== undefined && Date.now() - Date.parse(chosen.verifiedAt ?? '1970-01-01') > year;

  const submit = async () => {
    if (busy) return;
    const wrong: { [field: string]: string } = target === '' ? { target: text.noPlace } : {};
    for (const field of ['patient', 'information', 'purpose', 'signedBy'] as const) {
      if (consent[field].trim() === '') wrong[field] = text.missing;
    }
    for (const field of ['signedOn', 'expiresOn'] as const) {
      if (consent[field] === '') wrong[field] = text.noDay;
    }
    if (Object.keys(wrong).length > 0) return refuse(wrong);
    if (!(await perform((seen) => work.refer(seen, target, consent)))) return;
    notifications.show({ message: text.done(lead.reference) });
    onClose();
  };
  const held = (field: Field) => ({
    value: consent[field],
    error: errors[field],
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) => {
      setConsent((now) => ({ ...now, [field]: value }));
      mend(field);
    },
  });
  const sealed = { autoComplete: 'off', spellCheck: false, 'data-gramm': 'false' };

  return (
    <Modal opened onClose={onClose} title={text.title} size={520}>
      <form
        ref={form}
        noValidate
        autoComplete="off"
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <DialogAlert trouble={trouble} />
        <p>{text.body}</p>
        <div data-field="target">
          <NativeSelect
            label={text.place}
            description={isStale ? text.stale : null}
            value={target}
            error={
              errors['target'] ??
              (error !== undefined && data === undefined
                ? text.placesFailed
                : targets?.length === 0
                  ? text.noPlaces
                  : null)
            }
            disabled={targets === null}
            data={[
              { value: '', label: text.choose },
              ...(targets ?? []).map(({ id, name, phone }) => ({ value: id, label: `${name}, ${phone}` })),
            ]}
            data-autofocus
            onChange={({ currentTarget }) => {
              setTarget(currentTarget.value);
              mend('target');
            }}
          />
        </div>
        <fieldset className={classes['field']}>
          <legend>{text.legend}</legend>
          <div data-field="patient">
            <TextInput label={text.patient} maxLength={120} {...sealed} {...held('patient')} />
          </div>
          <div data-field="information">
            <Textarea
              label={text.information}
              description={text.informationHelp}
              autosize
              minRows={2}
              maxLength={400}
              {...sealed}
              {...held('information')}
            />
          </div>
          <div data-field="purpose">
            <Textarea
              label={text.purpose}
              description={text.purposeHelp}
              autosize
              minRows={2}
              maxLength={400}
              {...sealed}
              {...held('purpose')}
            />
          </div>
          <div data-field="signedBy">
            <TextInput
              label={text.signedBy}
              description={text.signedByHelp}
              maxLength={120}
              {...sealed}
              {...held('signedBy')}
            />
          </div>
          <div className={classes['choices']} data-columns>
            <div data-field="signedOn">
              <TextInput type="date" label={text.signedOn} {...held('signedOn')} />
            </div>
            <div data-field="expiresOn">
              <TextInput type="date" label={text.expiresOn} {...held('expiresOn')} />
            </div>
          </div>
        </fieldset>
        <div className={classes['actions']} data-held>
          <Button variant="subtle" onClick={onClose}>
            {text.sheet.close}
          </Button>
          <Button type="submit" loading={busy}>
            {text.submit}
          </Button>
        </div>
      </form>
    </Modal>
  );
};

import { Button, Checkbox, Modal, NativeSelect, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useFocusBack } from '~/ui/useFocusBack';
import { changeOf, type Form, formOf, type Whose } from './correct';
import { correctText } from './correctText';
import { DialogAlert } from './DialogAlert';
import classes from './dialog.module.css';
import type { ContactMethod, Lead, LeadRelationship } from './queries';
import { type Person, reveal } from './reveal';
import { text } from './text';
import { useDialogWork } from './useDialogWork';
import type { LeadWork } from './useLeadWork';

const words = correctText;
const ways = ['PHONE', 'TEXT', 'EMAIL'] as const satisfies ContactMethod[];
const safe = ['voicemail', 'sayWhoCalls', 'text'] as const;
const relationships = Object.keys(text.relationship) as LeadRelationship[];
const sealed = { autoComplete: 'off', spellCheck: false, 'data-gramm': 'false' };

/** Sets right who a revealed lead's people are, and how they are reached. */
export const CorrectDialog = ({
  lead,
  person,
  work,
  onRevealed,
  onClose,
}: {
  lead: Lead;
  person: Person;
  work: LeadWork;
  /** The person as they are now; looking at them again is on record. */
  onRevealed: (person: Person) => void;
  onClose: () => void;
}) => {
  useFocusBack();
  const fields = ['person', 'name', 'phone', 'email', 'relationship', ...safe, 'preferred'];
  const { errors, trouble, busy, form, perform, refuse, mend } = useDialogWork(lead, fields);
  const [whose, setWhose] = useState<Whose>('INQUIRER');
  const [before, setBefore] = useState(() => formOf(lead, person, 'INQUIRER'));
  const [after, setAfter] = useState(before);
  const ofPatient = whose === 'PATIENT';

  const write = (change: Partial<Form>) => {
    setAfter((now) => ({ ...now, ...change }));
    for (const field of Object.keys(change)) mend(field);
  };
  const turnTo = (next: Whose) => {
    setWhose(next);
    setBefore(formOf(lead, person, next));
    setAfter(formOf(lead, person, next));
    refuse({});
  };
  const submit = async () => {
    if (busy) return;
    const change = changeOf(before, after);
    if (change === null) return onClose();
    if (!ofPatient && after.name.trim() === '') return refuse({ name: words.noName });
    if (!ofPatient && after.phone.trim() === '' && after.email.trim() === '') return refuse({ phone: words.noWay });
    if (!(await perform((seen) => work.correct(seen, whose, change)))) return;
    onClose();
    const again = await reveal(lead.id, words.reason);
    if (again.kind === 'revealed') onRevealed(again.person);
  };
  const field = (name: 'name' | 'phone' | 'email') => ({
    value: after[name],
    error: errors[name],
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) => write({ [name]: value }),
  });

  return (
    <Modal opened onClose={onClose} title={words.title} size={480}>
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
        {person.patient === null ? null : (
          <div data-field="person">
            <Radio.Group
              label={words.whose}
              value={whose}
              error={errors['person']}
              onChange={(value) => turnTo(value as Whose)}
            >
              <div className={classes['choices']} data-columns>
                <Radio value="INQUIRER" label={words.inquirer} />
                <Radio value="PATIENT" label={words.patient} />
              </div>
            </Radio.Group>
          </div>
        )}
        {ofPatient ? <p className={classes['hint']}>{words.patientHelp}</p> : null}
        <div data-field="name">
          <TextInput label={correctText.name} maxLength={120} {...sealed} {...field('name')} data-autofocus />
        </div>
        <div data-field="phone">
          <TextInput label={text.contact.phone} type="tel" maxLength={60} {...sealed} {...field('phone')} />
        </div>
        <div data-field="email">
          <TextInput label={text.contact.email} type="email" maxLength={254} {...sealed} {...field('email')} />
        </div>
        {ofPatient ? null : (
          <>
            <div data-field="relationship">
              <NativeSelect
                label={words.relationship}
                value={after.relationship}
                error={errors['relationship']}
                data={relationships.map((value) => ({ value, label: text.relationship[value] }))}
                onChange={({ currentTarget }) => write({ relationship: currentTarget.value as LeadRelationship })}
              />
            </div>
            <fieldset className={classes['field']}>
              <legend>{words.safe}</legend>
              {safe.map((each) => (
                <div key={each} data-field={each}>
                  <Checkbox
                    label={words.allowed[each]}
                    checked={after[each]}
                    error={errors[each]}
                    onChange={({ currentTarget }) => write({ [each]: currentTarget.checked })}
                  />
                </div>
              ))}
            </fieldset>
            <div data-field="preferred">
              <NativeSelect
                label={words.preferred}
                value={after.preferred ?? ''}
                error={errors['preferred']}
                data={[
                  { value: '', label: words.any },
                  ...ways.map((value) => ({ value, label: text.contact.ways[value] })),
                ]}
                onChange={({ currentTarget: { value } }) =>
                  write({ preferred: value === '' ? null : (value as ContactMethod) })
                }
              />
            </div>
          </>
        )}
        <div className={classes['actions']} data-held>
          <Button variant="subtle" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button type="submit" loading={busy}>
            {words.submit}
          </Button>
        </div>
      </form>
    </Modal>
  );
};

import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { InsuranceCheck, InsuranceCoverage, Lead, LevelOfCare } from '../queries';
import type { Person } from '../reveal';
import { text } from '../text';
import { useDialogWork } from '../useDialogWork';
import type { LeadWork, WorkAnswer } from '../useLeadWork';
import { WorkDialog } from '../WorkDialog';
import { changeOf, type Form, formOf, type Policy, policyAfter } from './changes';
import classes from './Insurance.module.css';
import { insuranceText } from './text';

const lines = ['carrier', 'memberId', 'groupNumber', 'holderName'] as const;
const most: Record<(typeof lines)[number], number> = { carrier: 120, memberId: 60, groupNumber: 60, holderName: 120 };
const choices = <T extends string>(words: Record<T, string>) =>
  Object.entries<string>(words).map(([value, label]) => ({ value, label }));
const orNothing = [{ value: '', label: insuranceText.nothing }];

/** Writes down what is known of an insurance, and the level of care. What is not different is not sent. */
export const InsuranceDialog = ({
  lead,
  person,
  work,
  onSaved,
  onClose,
}: {
  lead: Lead;
  person: Person | null;
  work: LeadWork;
  onSaved: (policy: Policy) => void;
  onClose: () => void;
}) => {
  const dialog = useDialogWork(lead, ['check', 'coverage', 'levelOfCare', ...lines, 'holderBornOn', 'note']);
  const [before] = useState(() => formOf(lead, person?.policy ?? null));
  const [form, setForm] = useState<Form>(before);
  const set = (change: Partial<Form>) => {
    setForm((now) => ({ ...now, ...change }));
    for (const field of Object.keys(change)) dialog.mend(field === 'level' ? 'levelOfCare' : field);
  };

  const submit = async () => {
    const change = changeOf(before, form);
    const isDone = await dialog.perform(async (seen): Promise<WorkAnswer> => {
      let answer: WorkAnswer = { kind: 'done', lead: seen };
      if (change !== null) answer = await work.updateInsurance(seen, change);
      if (answer.kind === 'done' && form.level !== '' && form.level !== before.level) {
        answer = await work.setLevelOfCare(answer.lead, form.level);
      }
      return answer;
    });
    if (!isDone) return;
    if (person !== null && change !== null) onSaved(policyAfter(person.policy, change));
    onClose();
  };

  return (
    <WorkDialog
      title={insuranceText.dialog.title}
      size={560}
      work={dialog}
      note={form.note}
      noteLabel={insuranceText.dialog.note}
      noteHelp={insuranceText.dialog.noteHelp}
      submitLabel={insuranceText.dialog.submit}
      onNote={(note) => set({ note })}
      onSubmit={submit}
      onClose={onClose}
    >
      <div data-field="check">
        <NativeSelect
          label={insuranceText.dialog.check}
          data={choices(text.insuranceCheck)}
          value={form.check}
          error={dialog.errors['check']}
          data-autofocus
          onChange={(event) => set({ check: event.currentTarget.value as InsuranceCheck })}
        />
      </div>
      <div className={classes['pairs']}>
        <div data-field="levelOfCare">
          <NativeSelect
            label={insuranceText.level}
            // Nobody takes it back: once known it is only ever another.
            data={[...(before.level === '' ? orNothing : []), ...choices(insuranceText.levels)]}
            value={form.level}
            error={dialog.errors['levelOfCare']}
            onChange={(event) => set({ level: event.currentTarget.value as LevelOfCare | '' })}
          />
        </div>
        <div data-field="coverage">
          <NativeSelect
            label={insuranceText.coverage}
            data={[...orNothing, ...choices(insuranceText.coverages)]}
            value={form.coverage}
            error={dialog.errors['coverage']}
            onChange={(event) => set({ coverage: event.currentTarget.value as InsuranceCoverage | '' })}
          />
        </div>
      </div>
      {person === null ? <p className="muted">{insuranceText.dialog.blank}</p> : null}
      <div className={classes['pairs']}>
        {lines.map((field) => (
          <div key={field} data-field={field}>
            <TextInput
              label={insuranceText[field]}
              maxLength={most[field]}
              autoComplete="off"
              spellCheck={false}
              data-gramm="false"
              value={form[field]}
              error={dialog.errors[field]}
              onChange={(event) => set({ [field]: event.currentTarget.value })}
            />
          </div>
        ))}
        <div data-field="holderBornOn">
          <TextInput
            type="date"
            label={insuranceText.holderBornOn}
            autoComplete="off"
            value={form.holderBornOn}
            error={dialog.errors['holderBornOn']}
            onChange={(event) => set({ holderBornOn: event.currentTarget.value })}
          />
        </div>
      </div>
    </WorkDialog>
  );
};

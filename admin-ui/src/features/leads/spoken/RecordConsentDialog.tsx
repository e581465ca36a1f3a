import { Button, Checkbox, Modal, Radio } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useFocusBack } from '~/ui/useFocusBack';
import { DialogAlert } from '../DialogAlert';
import classes from '../dialog.module.css';
import type { ConsentKind, Lead } from '../queries';
import { text } from '../text';
import { useDialogWork } from '../useDialogWork';
import type { LeadWork } from '../useLeadWork';
import { type Scope, SpokenConsentsQuery, type Whose } from './queries';
import { spokenText as words } from './text';

/** What somebody agreed to on the telephone, after they were read the wording. */
export const RecordConsentDialog = ({ lead, work, onClose }: { lead: Lead; work: LeadWork; onClose: () => void }) => {
  useFocusBack();
  const { form, trouble, busy, errors, perform, refuse, mend } = useDialogWork(lead, ['person', 'text', 'scopes']);
  const [{ data, error }] = useQuery({ query: SpokenConsentsQuery });
  const [person, setPerson] = useState<Whose>('INQUIRER');
  const [kind, setKind] = useState<ConsentKind>('CONTACT');
  const [chosen, setChosen] = useState<Scope[]>([]);
  const wording = data?.leadCallConsents[kind === 'CONTACT' ? 'contact' : 'texts'];
  // Where there is only one way it is that.
  const scopes = wording?.scopes.length === 1 ? wording.scopes : chosen;

  const submit = async () => {
    if (busy) return;
    if (wording === undefined) return refuse({ text: words.failed });
    if (scopes.length === 0) return refuse({ scopes: words.noScopes });
    if (await perform((seen) => work.recordConsent(seen, { person, text: wording.id, scopes }))) onClose();
  };

  return (
    <Modal opened onClose={onClose} title={words.title} size={500}>
      <form
        ref={form}
        noValidate
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <DialogAlert trouble={trouble} />
        {lead.relationship === 'SELF' ? null : (
          <div className={classes['field']} data-field="person">
            <Radio.Group
              label={words.person}
              value={person}
              error={errors['person']}
              onChange={(value) => setPerson(value as Whose)}
            >
              <div className={classes['choices']}>
                {(['INQUIRER', 'PATIENT'] as const).map((each) => (
                  <Radio key={each} value={each} label={words.people[each]} />
                ))}
              </div>
            </Radio.Group>
          </div>
        )}
        <div className={classes['field']} data-field="text">
          <Radio.Group
            label={words.kind}
            value={kind}
            error={errors['text'] ?? (error === undefined ? undefined : words.failed)}
            onChange={(value) => {
              setKind(value as ConsentKind);
              setChosen([]);
            }}
          >
            <div className={classes['choices']}>
              {(['CONTACT', 'TEXTS'] as const).map((each) => (
                <Radio key={each} value={each} label={words.kinds[each]} />
              ))}
            </div>
          </Radio.Group>
          {wording === undefined ? null : (
            <>
              <p className={classes['hint']}>{words.read}</p>
              <blockquote>{wording.wording}</blockquote>
            </>
          )}
        </div>
        {wording === undefined || wording.scopes.length < 2 ? null : (
          <div className={classes['field']} data-field="scopes">
            <Checkbox.Group
              label={words.scopes}
              value={scopes}
              error={errors['scopes']}
              onChange={(value) => {
                setChosen(value as Scope[]);
                mend('scopes');
              }}
            >
              <div className={classes['choices']}>
                {wording.scopes.map((each) => (
                  <Checkbox key={each} value={each} label={words.ways[each]} />
                ))}
              </div>
            </Checkbox.Group>
          </div>
        )}
        <div className={classes['actions']} data-held>
          <Button variant="subtle" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button type="submit" loading={busy} disabled={wording === undefined}>
            {words.submit}
          </Button>
        </div>
      </form>
    </Modal>
  );
};

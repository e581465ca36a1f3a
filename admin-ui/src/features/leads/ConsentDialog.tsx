import { Button, Modal, Radio } from '@mantine/core';
import { useState } from 'react';
import { useFocusBack } from '~/ui/useFocusBack';
import { givenConsents } from './consent';
import { DialogAlert } from './DialogAlert';
import classes from './dialog.module.css';
import { useDraft } from './drafts';
import { NoteField } from './NoteField';
import type { ConsentKind, Lead } from './queries';
import { text } from './text';
import { useDialogWork } from './useDialogWork';
import type { LeadWork } from './useLeadWork';

/** What a person took back of what they had agreed to. What they took back before is not offered. */
export const ConsentDialog = ({ lead, work, onClose }: { lead: Lead; work: LeadWork; onClose: () => void }) => {
  useFocusBack();
  const { seen, errors, trouble, busy, form, perform, refuse, mend } = useDialogWork(lead, ['consent', 'note']);
  const given = givenConsents(seen);
  // Where there is only one it is chosen, but not when a colleague took back the other meanwhile.
  const [chosen, setChosen] = useState<ConsentKind | null>(given.length === 1 ? (given[0] ?? null) : null);
  const consent = chosen !== null && given.includes(chosen) ? chosen : null;
  const [note, setNote] = useDraft(`${lead.id}/consent`);

  const submit = async () => {
    if (busy || given.length === 0) return;
    if (consent === null) return refuse({ consent: text.consentDialog.noConsent });
    if (!(await perform((at) => work.withdrawConsent(at, consent, note)))) return;
    setNote('');
    onClose();
  };

  return (
    <Modal opened onClose={onClose} title={text.consentDialog.title} size={460}>
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
        {given.length === 0 ? (
          <p>{text.consentDialog.nothing}</p>
        ) : (
          <div className={classes['field']} data-field="consent">
            <Radio.Group
              label={text.consentDialog.legend}
              value={consent}
              error={errors['consent']}
              onChange={(value) => {
                setChosen(value as ConsentKind);
                mend('consent');
              }}
            >
              <div className={classes['choices']}>
                {given.map((each, index) => (
                  <Radio
                    key={each}
                    value={each}
                    label={text.consentDialog.kinds[each]}
                    description={text.consentDialog.follows[each]}
                    data-autofocus={index === 0 || undefined}
                  />
                ))}
              </div>
            </Radio.Group>
            <p className={classes['hint']}>{text.consentDialog.final}</p>
          </div>
        )}
        <div data-field="note">
          <NoteField
            label={text.consentDialog.note}
            description={text.consentDialog.noteHelp}
            value={note}
            error={errors['note']}
            onChange={(words) => {
              setNote(words);
              mend('note');
            }}
            onSubmit={() => void submit()}
          />
        </div>
        <div className={classes['actions']} data-held>
          <Button variant="subtle" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button type="submit" loading={busy} disabled={given.length === 0}>
            {text.consentDialog.submit}
          </Button>
        </div>
      </form>
    </Modal>
  );
};

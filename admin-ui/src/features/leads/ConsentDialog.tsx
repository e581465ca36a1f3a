import { Checkbox, Radio } from '@mantine/core';
import { useState } from 'react';
import { givenConsents } from './consent';
import classes from './dialog.module.css';
import { useDraft } from './drafts';
import type { ConsentKind, Lead } from './queries';
import { text } from './text';
import { useDialogWork } from './useDialogWork';
import type { LeadWork } from './useLeadWork';
import { WorkDialog } from './WorkDialog';

/** What a person took back of what they had agreed to. What they took back before is not offered. */
export const ConsentDialog = ({ lead, work, onClose }: { lead: Lead; work: LeadWork; onClose: () => void }) => {
  const dialog = useDialogWork(lead, ['consent', 'note']);
  const given = givenConsents(dialog.seen);
  // Where there is only one it is chosen; not so when a colleague takes back the other meanwhile.
  const [chosen, setChosen] = useState<ConsentKind | null>(given.length === 1 ? (given[0] ?? null) : null);
  const consent = chosen !== null && given.includes(chosen) ? chosen : null;
  const [everything, setEverything] = useState(false);
  const [note, setNote] = useDraft(`${lead.id}/consent`);

  const submit = async () => {
    if (consent === null) return dialog.refuse({ consent: text.consentDialog.noConsent });
    if (!(await dialog.perform((seen) => work.withdrawConsent(seen, { consent, everything, note })))) return;
    setNote('');
    onClose();
  };

  return (
    <WorkDialog
      title={text.consentDialog.title}
      work={dialog}
      note={note}
      noteLabel={text.consentDialog.note}
      noteHelp={text.consentDialog.noteHelp}
      submitLabel={text.consentDialog.submit}
      disabled={given.length === 0}
      onNote={setNote}
      onSubmit={submit}
      onClose={onClose}
    >
      {given.length === 0 ? (
        <p>{text.consentDialog.nothing}</p>
      ) : (
        <div className={classes['field']} data-field="consent">
          <Radio.Group
            label={text.consentDialog.legend}
            value={consent}
            error={dialog.errors['consent']}
            onChange={(value) => {
              setChosen(value as ConsentKind);
              dialog.mend('consent');
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
          <Checkbox
            label={text.consentDialog.everything}
            description={text.consentDialog.everythingHelp}
            checked={everything}
            onChange={({ currentTarget }) => setEverything(currentTarget.checked)}
          />
          <p className={classes['hint']}>{text.consentDialog.final}</p>
        </div>
      )}
    </WorkDialog>
  );
};

import { Button, Modal, TextInput } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { useClient } from 'urql';
import { failureText } from '~/gql/client';
import { RelativeTime } from '~/ui/RelativeTime';
import { useFocusBack } from '~/ui/useFocusBack';
import { DialogAlert } from './DialogAlert';
import dialogClasses from './dialog.module.css';
import classes from './MergeDialog.module.css';
import { alike, firstWords } from './mergeCompare';
import { mergeText } from './mergeText';
import { type Lead, LeadQuery, type LeadRow } from './queries';
import { type Person, type RevealAnswer, reveal } from './reveal';
import { text } from './text';
import { useDialogWork } from './useDialogWork';
import type { LeadWork, WorkAnswer } from './useLeadWork';
import { useReveal } from './useReveal';
import { isWhy, mostOfWhy } from './why';

/** Shows two leads side by side, both persons revealed, and merges `other` into `lead` if somebody says it is one person. */
export const MergeDialog = ({
  lead,
  other,
  revealed,
  work,
  onRevealed,
  onMerged,
  onClose,
}: {
  lead: Lead;
  other: LeadRow;
  /** Who wrote the lead on the screen, where that is in sight already. */
  revealed: Person | null;
  work: LeadWork;
  onRevealed: (person: Person) => void;
  onMerged: (lead: Lead) => void;
  onClose: () => void;
}) => {
  useFocusBack();
  const client = useClient();
  const { seen, errors, trouble, busy, form, perform, refuse, mend } = useDialogWork(lead, ['reason']);
  const theirs = useReveal();
  /** The other as it was when it was shown. */
  const [goes, setGoes] = useState<Lead | null>(null);
  /** Why both are looked at; then, where the server asks for it, why it is one person. */
  const [reason, setReason] = useState('');
  const [isAsked, setAsked] = useState(false);
  const both = useRef<HTMLDivElement>(null);
  const their = theirs.revealed?.person ?? null;
  const shown = revealed !== null && their !== null && goes !== null;
  const same = shown ? alike(revealed, their) : null;

  const look = async (at: Lead): Promise<WorkAnswer> => {
    if (revealed === null) {
      const answer = await reveal(at.id, reason.trim());
      if (answer.kind !== 'revealed') return notRevealed(answer);
      onRevealed(answer.person);
    }
    if (their === null) {
      const answer = await reveal(other.id, reason.trim());
      if (answer.kind !== 'revealed') return notRevealed(answer);
      theirs.show(answer.person);
    }
    const { data, error } = await client
      .query(LeadQuery, { id: other.id }, { requestPolicy: 'network-only' })
      .toPromise();
    if (data?.lead == null) return { kind: 'failed', message: error === undefined ? text.failed : failureText(error) };
    setGoes(data.lead);
    return { kind: 'done', lead: at };
  };

  const submit = async () => {
    if (busy) return;
    if (!shown) {
      if (!isWhy(reason)) return refuse({ reason: text.why.wrong });
      if (!(await perform(look))) return;
      setReason('');
      setAsked(false);
      both.current?.focus();
      return;
    }
    const isDone = await perform(async (stays) => {
      const answer = await work.merge(stays, goes, reason.trim());
      if (answer.kind === 'done') onMerged(answer.lead);
      if (answer.kind === 'conflict' && answer.other !== null) setGoes(answer.other);
      if (answer.kind === 'refused' && answer.userErrors.some(({ path }) => path.includes('reason'))) setAsked(true);
      return answer;
    });
    if (isDone) onClose();
  };

  return (
    <Modal opened onClose={onClose} title={mergeText.title} size={720}>
      <form
        ref={form}
        noValidate
        autoComplete="off"
        className={dialogClasses['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <DialogAlert trouble={trouble} />
        {shown && !isAsked ? null : (
          <div data-field="reason">
            <TextInput
              label={shown ? mergeText.reason : mergeText.why}
              description={shown ? text.why.help : mergeText.whyHelp}
              maxLength={mostOfWhy}
              autoComplete="off"
              spellCheck={false}
              data-autofocus
              value={reason}
              error={errors['reason']}
              onChange={({ currentTarget }) => {
                setReason(currentTarget.value);
                mend('reason');
              }}
            />
          </div>
        )}
        <div ref={both} tabIndex={-1} className={classes['both']}>
          <One lead={lead} fate={mergeText.stays} person={shown ? revealed : null} same={same} />
          <One lead={goes ?? other} fate={mergeText.goes} person={shown ? their : null} same={same} />
        </div>
        <ul className={classes['follows']}>
          {mergeText.follows(other.reference, seen.reference).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <div className={dialogClasses['actions']} data-held>
          <Button variant="subtle" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button type="submit" loading={busy}>
            {shown ? mergeText.submit : mergeText.show}
          </Button>
        </div>
      </form>
    </Modal>
  );
};

const One = ({
  lead,
  fate,
  person,
  same,
}: {
  lead: LeadRow;
  fate: string;
  person: Person | null;
  same: { phone: boolean; email: boolean } | null;
}) => (
  <section aria-labelledby={`merge-${lead.id}`}>
    <h3 id={`merge-${lead.id}`}>
      <span className="num">{lead.reference}</span> {fate}
    </h3>
    <dl>
      <dt>{mergeText.name}</dt>
      <dd>{person?.name ?? lead.name}</dd>
      <dt>{mergeText.received}</dt>
      <dd>
        <RelativeTime at={lead.receivedAt} />
      </dd>
      {person === null ? null : (
        <>
          <dt>{mergeText.phone}</dt>
          <dd className="num">
            <Given same={same?.phone === true}>{person.phoneDisplay ?? person.phone}</Given>
          </dd>
          <dt>{mergeText.email}</dt>
          <dd>
            <Given same={same?.email === true}>{person.email}</Given>
          </dd>
          <dt>{mergeText.message}</dt>
          <dd>
            {person.message.trim() === '' ? (
              <span className="muted">{text.contact.noMessage}</span>
            ) : (
              firstWords(person.message)
            )}
          </dd>
        </>
      )}
    </dl>
  </section>
);

const Given = ({ same, children }: { same: boolean; children: ReactNode }) =>
  children === null || children === '' ? (
    <span className="muted">{text.contact.notGiven}</span>
  ) : (
    <>
      {children}
      {same ? <span className={classes['same']}>{mergeText.same}</span> : null}
    </>
  );

const notRevealed = (answer: Exclude<RevealAnswer, { kind: 'revealed' }>): WorkAnswer =>
  answer.kind === 'unreachable' ? { kind: 'failed', message: text.reveal.unreachable } : answer;

import { CloseButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useQuery } from 'urql';
import { useCan, useViewer } from '~/gql/session';
import { lazyPart } from '~/ui/lazyPart';
import { useShortcuts } from '~/ui/shortcuts';
import { useTitle } from '~/ui/title';
import { ConsentDialog } from './ConsentDialog';
import { ContactCard } from './ContactCard';
import { isForbidden, isWithdrawn } from './consent';
import { Duplicates } from './Duplicates';
import { LeadHeader } from './LeadHeader';
import type { Attempt } from './LogDialog';
import { MergedStrip } from './MergedStrip';
import { Message } from './Message';
import { type Merged, mergedNow, type Named } from './merge';
import { NoteForm } from './NoteForm';
import classes from './OpenLead.module.css';
import { Origin } from './Origin';
import { PhoneBar } from './PhoneBar';
import { type Lead, type LeadRow, StaffQuery } from './queries';
import { RevealDialog } from './RevealDialog';
import { openWays, waysToReach } from './reach';
import { SafeStrip } from './SafeStrip';
import { SpamStrip } from './SpamStrip';
import { stepText } from './stepText';
import { Timeline } from './Timeline';
import { notesOf } from './tasks/task';
import { text } from './text';
import { timelineText } from './timelineText';
import { showUndo } from './undoToast';
import { useLeadWork, type WorkAnswer } from './useLeadWork';
import { useReveal } from './useReveal';

const Tasks = lazyPart(async () => (await import('./tasks/Tasks')).Tasks);
const LogDialog = lazyPart(async () => (await import('./LogDialog')).LogDialog);
const SnoozeDialog = lazyPart(async () => (await import('./SnoozeDialog')).SnoozeDialog);
// What is done now and then.
const HoldDialog = lazyPart(async () => (await import('./HoldDialog')).HoldDialog);
const EraseDialog = lazyPart(async () => (await import('./EraseDialog')).EraseDialog);
const Referrals = lazyPart(async () => (await import('./referral/Referrals')).Referrals);
const ReferDialog = lazy(async () => ({ default: (await import('./referral/ReferDialog')).ReferDialog }));
const CorrectDialog = lazy(async () => ({ default: (await import('./CorrectDialog')).CorrectDialog }));
const StatusDialog = lazy(async () => ({ default: (await import('./StatusDialog')).StatusDialog }));
const SuppressDialog = lazyPart(async () => (await import('./suppression/SuppressDialog')).SuppressDialog);
const RecordConsentDialog = lazyPart(async () => (await import('./spoken/RecordConsentDialog')).RecordConsentDialog);
const AccessLog = lazyPart(async () => (await import('./access/AccessLog')).AccessLog);
const LiftDialog = lazyPart(async () => (await import('./suppression/LiftDialog')).LiftDialog);
const HandOver = lazyPart(async () => (await import('./HandOver')).HandOver);
const MergeDialog = lazy(async () => ({ default: (await import('./MergeDialog')).MergeDialog }));

const Insurance = lazy(async () => ({ default: (await import('./insurance/Insurance')).Insurance }));

type Open =
  | { kind: 'reveal' | 'snooze' | 'consent' | 'correct' | 'refer' | 'suppress' | 'lift' | 'spoken' | 'hold' | 'erase' }
  | { kind: 'status'; closing: boolean }
  | { kind: 'log'; opensAs: Attempt }
  | { kind: 'merge'; other: LeadRow }
  | null;
type Notice = { tone: 'bad' | 'info'; title: string; lines: string[] };

/** A lead with everything that can be done to it. Above any way to call stands how it is safe to. */
export const OpenLead = ({
  lead,
  others,
  mayWork,
  onChanged,
  onRevealed,
}: {
  lead: Lead;
  /** Leads with the same phone number or e-mail address. */
  others: LeadRow[];
  mayWork: boolean;
  onChanged: (lead: Lead) => void;
  onRevealed: () => void;
}) => {
  useTitle(text.leadTitle(lead.reference));
  const { user } = useViewer();
  const mayErase = useCan('ERASE_LEADS');
  const audits = useCan('READ_AUDIT');
  const work = useLeadWork(onChanged);
  const [{ data: staff, error: staffError }] = useQuery({ query: StaffQuery, pause: !mayWork });
  const { revealed, show, mend, hide } = useReveal();
  const [dialog, setDialog] = useState<Open>(null);
  const [notice, setNotice] = useState<Notice | null>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  const contact = useRef<HTMLElement>(null);
  const notes = useMemo(() => notesOf(lead.tasks, revealed?.person.tasks ?? []), [lead.tasks, revealed]);
  const ways = revealed === null ? [] : waysToReach(lead, revealed.person);

  // Whoever reads a lead is about to call.
  useEffect(() => {
    if (!mayWork) return;
    LogDialog.fetch();
    SnoozeDialog.fetch();
  }, [mayWork]);

  const ended = lead.nextActionAt === null;
  const endedWords = lead.mergedInto === null ? text.ended : text.merge.workThat(lead.mergedInto.reference);
  const inform = (title: string) => setNotice({ tone: 'info', title, lines: [] });

  const assign = async (assignee: string | null) => {
    if (work.busy) return;
    setNotice(
      assignee === user.id && lead.assignee?.id === user.id
        ? { tone: 'info', title: text.assign.mine, lines: [] }
        : null,
    );
    if ((lead.assignee?.id ?? null) === assignee) return;
    setNotice(noticeOf(await work.assign(lead, assignee), text.assign.failed));
  };
  const assignInTurn = async () => {
    if (work.busy) return;
    setNotice(null);
    setNotice(noticeOf(await work.assignInTurn(lead), text.assign.failed));
  };
  const reveal = () => (revealed === null ? setDialog({ kind: 'reveal' }) : hide());
  const changeStatus = (closing: boolean) => {
    if (lead.mergedInto !== null) return inform(endedWords);
    if (closing ? lead.nextStatuses.includes('CLOSED') : lead.nextStatuses.length > 0) {
      setDialog({ kind: 'status', closing });
    } else {
      const closed = closing && lead.status === 'CLOSED';
      inform(
        closed ? stepText.statusDialog.closedAlready : stepText.statusDialog.nothingFollows(text.status[lead.status]),
      );
    }
  };
  const log = (wanted: Attempt) => {
    const open = openWays(lead);
    if (isForbidden(lead)) {
      // Whoever calls themself is spoken with.
      return ended || wanted === 'message'
        ? inform(isWithdrawn(lead) ? text.log.withdrawn : text.log.suppressed)
        : setDialog({ kind: 'log', opensAs: 'call' });
    }
    if (ended) return inform(endedWords);
    const writes = open.some((way) => way !== 'PHONE');
    if (wanted === 'message' && !writes) return inform(text.log.noMessage);
    // Whoever is not to be called is written to; and where nobody is, they may call.
    const calls = wanted === 'call' && (open.includes('PHONE') || !writes);
    setDialog({ kind: 'log', opensAs: calls ? 'call' : 'message' });
  };
  const snooze = () => {
    if (ended) inform(endedWords);
    else if (lead.firstAttemptAt === null) inform(text.snooze.untriedTitle);
    else setDialog({ kind: 'snooze' });
  };
  const changePriority = async () => {
    if (ended) return inform(endedWords);
    if (work.busy) return;
    setNotice(null);
    const urgent = lead.priority === 'URGENT';
    const answer = await work.setPriority(lead, urgent ? 'NORMAL' : 'URGENT');
    if (answer.kind !== 'done') return setNotice(noticeOf(answer, text.priority.failed));
    const done = urgent ? text.priority.lowered : text.priority.raised;
    showUndo(done(lead.reference), () => void undoPriority(lead, answer.lead));
  };
  /** The message may outlive this lead on the screen, so it is answered by another. */
  const undoPriority = async (before: Lead, after: Lead) => {
    const isBack = (await work.setPriority(after, before.priority)).kind === 'done';
    notifications.show(
      isBack
        ? { message: text.priority.undone(before.reference) }
        : { message: text.priority.notUndone(before.reference), color: 'red' },
    );
  };
  const clearSpam = async () => {
    if (ended) return inform(text.ended);
    if (work.busy) return;
    setNotice(null);
    const answer = await work.clearSpam(lead);
    if (answer.kind !== 'done') return setNotice(noticeOf(answer, text.spam.failed));
    notifications.show({ message: text.spam.cleared(lead.reference) });
  };
  const markSpam = async () => {
    if (ended) return inform(text.ended);
    if (work.busy) return;
    setNotice(null);
    const answer = await work.markSpam(lead);
    if (answer.kind !== 'done') return setNotice(noticeOf(answer, text.spam.failed));
    const done = text.spam.marked(lead.reference);
    // Somebody whom one was further with is opened again by hand, as what they are then.
    if (answer.lead.nextStatuses.includes(lead.status)) showUndo(done, () => void undoSpam(lead, answer.lead));
    else notifications.show({ message: done });
  };
  /** The message may outlive this lead on the screen, so it is answered by another. */
  const undoSpam = async (before: Lead, after: Lead) => {
    const isBack =
      (await work.changeStatus(after, { status: before.status, reason: text.spam.undoReason })).kind === 'done';
    notifications.show(
      isBack
        ? { message: text.spam.undone(before.reference) }
        : { message: text.spam.notUndone(before.reference), color: 'red' },
    );
  };
  const takeApart = async (merged: Merged, from: Named) => {
    if (work.busy) return;
    setNotice(null);
    const answer = await work.unmerge(merged, from);
    if (answer.kind === 'done') notifications.show({ message: text.merge.apartDone(merged.reference) });
    else setNotice(noticeOf(answer, text.merge.apartFailed));
    return answer.kind === 'done';
  };
  const merged = (goes: LeadRow, after: Lead) => {
    const gone = mergedNow(after, goes.id) ?? goes;
    showUndo(text.merge.done(goes.reference, after.reference), () => void undoMerge(gone, after));
  };
  /** The message may outlive this lead on the screen, so it is answered by another. */
  const undoMerge = async (gone: Merged, from: Named) => {
    const isApart = (await work.unmerge(gone, from)).kind === 'done';
    notifications.show(
      isApart
        ? { message: text.merge.apartDone(gone.reference) }
        : { message: text.merge.notApart(gone.reference), color: 'red' },
    );
  };
  const writeNote = () => {
    note.current?.scrollIntoView({ block: 'center' });
    note.current?.focus({ preventScroll: true });
  };

  useShortcuts(
    text.shortcuts.lead,
    mayWork
      ? [
          { key: 'a', label: text.shortcuts.assign, run: () => void assign(user.id) },
          { key: 'c', label: text.shortcuts.call, run: () => log('call') },
          { key: 'm', label: text.shortcuts.message, run: () => log('message') },
          { key: 's', label: text.shortcuts.status, run: () => changeStatus(false) },
          { key: 'z', label: text.shortcuts.snooze, run: snooze },
          { key: 'u', label: text.shortcuts.priority, run: () => void changePriority() },
          { key: 'n', label: text.shortcuts.note, run: writeNote },
          { key: 'r', label: text.shortcuts.reveal, run: reveal },
          { key: 'e', label: text.shortcuts.close, run: () => changeStatus(true) },
        ]
      : [],
  );

  return (
    <>
      <div className={classes['scroller']}>
        <LeadHeader
          lead={lead}
          name={revealed?.person.name ?? lead.name}
          viewer={user.id}
          staff={staff?.admissionsStaff}
          staffFailed={staffError !== undefined}
          mayWork={mayWork}
          busy={work.busy}
          onAssign={(assignee) => void assign(assignee)}
          onAssignInTurn={() => void assignInTurn()}
          onLog={log}
          onStatus={() => changeStatus(false)}
          onSnooze={snooze}
          onPriority={() => void changePriority()}
          onConsent={() => setDialog({ kind: 'consent' })}
          onRefer={() => setDialog({ kind: 'refer' })}
          onSuppress={() => setDialog({ kind: 'suppress' })}
          onClearSpam={() => void clearSpam()}
          onMarkSpam={() => void markSpam()}
          mayErase={mayErase}
          onHold={() => setDialog({ kind: 'hold' })}
          onErase={() => setDialog({ kind: 'erase' })}
        />
        {notice === null ? null : (
          <div role="alert" className={classes['notice']} data-tone={notice.tone}>
            <div>
              <b>{notice.title}</b>
              {notice.lines.map((line) => (
                <p key={line}>{line}</p>
              ))}
            </div>
            <CloseButton aria-label={text.closeNotice} onClick={() => setNotice(null)} />
          </div>
        )}
        {mayWork ? null : <p className={classes['masked']}>{text.maskedOnly}</p>}
        {lead.suspectedSpam && !ended ? (
          <SpamStrip
            lead={lead}
            mayWork={mayWork}
            busy={work.busy}
            onClear={() => void clearSpam()}
            onMark={() => void markSpam()}
          />
        ) : null}
        {lead.status === 'ADMITTED' && lead.erasedAt === null ? (
          <Suspense>
            <HandOver lead={lead} work={work} />
          </Suspense>
        ) : null}
        <MergedStrip
          lead={lead}
          mayWork={mayWork}
          onApart={async (from) => {
            // The button goes with the strip.
            if (await takeApart(lead, from)) contact.current?.focus({ preventScroll: true });
          }}
        />
        <SafeStrip
          lead={lead}
          bestTime={revealed?.person.bestTime ?? ''}
          onLift={
            mayWork && lead.mergedInto === null && lead.erasedAt === null ? () => setDialog({ kind: 'lift' }) : null
          }
        />
        <div className={classes['columns']} data-others={others.length > 0 || undefined}>
          <ContactCard
            lead={lead}
            mayWork={mayWork}
            revealed={revealed}
            ways={ways}
            section={contact}
            onReveal={reveal}
            onHide={hide}
            onCorrect={() => setDialog({ kind: 'correct' })}
          />
          {others.length === 0 ? null : (
            <Duplicates
              lead={lead}
              others={others}
              mayWork={mayWork}
              onSame={(other) => setDialog({ kind: 'merge', other })}
              onApart={(other) => void takeApart(other, lead)}
            />
          )}
          <div className={classes['main']}>
            <Message message={revealed?.person.message ?? null} mayWork={mayWork} />
            <Suspense>
              <Tasks
                lead={lead}
                notes={notes}
                staff={staff?.admissionsStaff ?? []}
                viewer={user.id}
                mayWork={mayWork}
                work={work}
              />
            </Suspense>
            <h3>{timelineText.title}</h3>
            {mayWork ? <NoteForm lead={lead} work={work} input={note} /> : null}
            <Timeline of={lead.id} events={lead.timeline} viewer={user.id} />
          </div>
          <Origin
            lead={lead}
            onRecord={
              mayWork && lead.mergedInto === null && lead.erasedAt === null && !lead.safeContact.suppression?.holds
                ? () => setDialog({ kind: 'spoken' })
                : null
            }
          >
            <Suspense>
              <Referrals
                lead={lead}
                person={revealed?.person ?? null}
                work={mayWork ? work : null}
                onRevoked={(referrals) => mend({ referrals })}
              />
            </Suspense>
            <Suspense>
              <Insurance
                lead={lead}
                mayWork={mayWork}
                person={revealed?.person ?? null}
                work={work}
                onSaved={(policy) => mend({ policy })}
              />
            </Suspense>
            {audits ? (
              <Suspense>
                <AccessLog lead={lead.id} />
              </Suspense>
            ) : null}
          </Origin>
        </div>
      </div>
      {mayWork ? (
        <PhoneBar
          first={ways[0] ?? null}
          revealed={revealed !== null}
          mayLog={!(isForbidden(lead) && ended) && lead.mergedInto === null}
          mayMove={lead.mergedInto === null}
          onReveal={reveal}
          onLog={() => log('call')}
          onStatus={() => changeStatus(false)}
          onNote={writeNote}
        />
      ) : null}
      {dialog?.kind === 'reveal' ? (
        <RevealDialog
          id={lead.id}
          onClose={() => setDialog(null)}
          onRevealed={(person) => {
            show(person);
            setDialog(null);
            onRevealed();
            requestAnimationFrame(() => contact.current?.focus({ preventScroll: true }));
          }}
        />
      ) : null}
      {dialog?.kind === 'status' ? (
        <Suspense>
          <StatusDialog lead={lead} closing={dialog.closing} work={work} onClose={() => setDialog(null)} />
        </Suspense>
      ) : null}
      {dialog?.kind === 'consent' ? <ConsentDialog lead={lead} work={work} onClose={() => setDialog(null)} /> : null}
      <Suspense>
        {dialog?.kind === 'log' ? (
          <LogDialog lead={lead} opensAs={dialog.opensAs} work={work} onClose={() => setDialog(null)} />
        ) : null}
        {dialog?.kind === 'snooze' ? <SnoozeDialog lead={lead} work={work} onClose={() => setDialog(null)} /> : null}
        {dialog?.kind === 'correct' && revealed !== null ? (
          <CorrectDialog
            lead={lead}
            person={revealed.person}
            work={work}
            onRevealed={(person) => {
              show(person);
              onRevealed();
            }}
            onClose={() => setDialog(null)}
          />
        ) : null}
        {dialog?.kind === 'refer' ? (
          <ReferDialog lead={lead} person={revealed?.person ?? null} work={work} onClose={() => setDialog(null)} />
        ) : null}
        {dialog?.kind === 'spoken' ? (
          <RecordConsentDialog lead={lead} work={work} onClose={() => setDialog(null)} />
        ) : null}
        {dialog?.kind === 'suppress' ? (
          <SuppressDialog lead={lead} work={work} onClose={() => setDialog(null)} />
        ) : null}
        {dialog?.kind === 'lift' ? <LiftDialog lead={lead} work={work} onClose={() => setDialog(null)} /> : null}
        {dialog?.kind === 'hold' ? <HoldDialog lead={lead} work={work} onClose={() => setDialog(null)} /> : null}
        {dialog?.kind === 'erase' ? <EraseDialog lead={lead} work={work} onClose={() => setDialog(null)} /> : null}
      </Suspense>
      {dialog?.kind === 'merge' ? (
        <Suspense>
          <MergeDialog
            lead={lead}
            other={dialog.other}
            revealed={revealed?.person ?? null}
            work={work}
            onRevealed={(person) => {
              show(person);
              onRevealed();
            }}
            onMerged={(after) => merged(dialog.other, after)}
            onClose={() => setDialog(null)}
          />
        </Suspense>
      ) : null}
      <HiddenAgain revealed={revealed !== null} />
    </>
  );
};

const noticeOf = (answer: WorkAnswer, failed: string): Notice | null => {
  switch (answer.kind) {
    case 'done':
      return null;
    case 'conflict':
      return { tone: 'bad', title: text.conflict.title, lines: answer.lines };
    case 'refused':
      return { tone: 'bad', title: failed, lines: answer.userErrors.map(({ message }) => message) };
    case 'failed':
      return { tone: 'bad', title: failed, lines: [answer.message] };
  }
};

/** Says it to those who do not see it when the ten minutes are over. */
const HiddenAgain = ({ revealed }: { revealed: boolean }) => {
  const [was, setWas] = useState(false);
  useEffect(() => {
    if (revealed) setWas(true);
  }, [revealed]);
  return (
    <div role="status" className="visually-hidden">
      {was && !revealed ? text.contact.hidden : null}
    </div>
  );
};

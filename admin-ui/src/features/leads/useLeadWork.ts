import { useState } from 'react';
import { type AnyVariables, type OperationResult, useClient, useMutation } from 'urql';
import { failureText } from '~/gql/client';
import { type UserError, useViewer } from '~/gql/session';
import type { Whose } from './correct';
import { happenedSince } from './events';
import type { Merged, Named } from './merge';
import {
  AddLeadNote,
  AssignLead,
  type CallOutcome,
  ChangeLeadStatus,
  ClearLeadSpam,
  ConfirmLeadHandOver,
  type ConsentKind,
  type Correction,
  CorrectLeadPerson,
  EraseLead,
  HoldLead,
  type InsuranceUpdate,
  type Lead,
  LeadCountsQuery,
  type LeadPriority,
  LeadQuery,
  type LeadStep,
  type LevelOfCare,
  LogCall,
  LogMessage,
  MarkLeadSpam,
  MergeLeads,
  type MessageChannel,
  RecordEstimate,
  ScheduleNextAction,
  SetLeadLevelOfCare,
  SetLeadPriority,
  UnmergeLead,
  UpdateLeadInsurance,
  WithdrawLeadConsent,
} from './queries';
import { type Consent, ReferLead, RevokeLeadReferral } from './referral/queries';
import { AssignLeadInTurn } from './shift/queries';
import { RecordLeadConsent, type Spoken } from './spoken/queries';
import { LiftLeadSuppression, type SuppressionReason, SuppressLeadContact } from './suppression/queries';
import { CompleteLeadTask, SaveLeadTask, type Task, type WantedTask } from './tasks/queries';
import { text } from './text';

export type WorkAnswer =
  | { kind: 'done'; lead: Lead }
  /** Somebody was faster: what they did, in sentences, and the lead as it is now, with the other where there are two. */
  | { kind: 'conflict'; lines: string[]; lead: Lead | null; other: Lead | null }
  | { kind: 'refused'; userErrors: UserError[] }
  | { kind: 'failed'; message: string };

/** What was said or is to be done, and when it goes on. */
export type Onward = { note: string; nextActionAt: string };

/** A lead as far as it was looked at; without a timeline nobody can tell what happened since. */
type Seen = Named & { timeline?: Lead['timeline'] };
type Payload = { lead: Lead | null; userErrors: UserError[] };

/** Everything that can be done to a lead. Each takes the lead as the person saw it when deciding. */
export const useLeadWork = (onDone: (lead: Lead) => void) => {
  const client = useClient();
  const viewer = useViewer();
  const [, assignLead] = useMutation(AssignLead);
  const [, changeLeadStatus] = useMutation(ChangeLeadStatus);
  const [, confirmLeadHandOver] = useMutation(ConfirmLeadHandOver);
  const [, referLead] = useMutation(ReferLead);
  const [, revokeLeadReferral] = useMutation(RevokeLeadReferral);
  const [, correctLeadPerson] = useMutation(CorrectLeadPerson);
  const [, addLeadNote] = useMutation(AddLeadNote);
  const [, logCall] = useMutation(LogCall);
  const [, logMessage] = useMutation(LogMessage);
  const [, scheduleNextAction] = useMutation(ScheduleNextAction);
  const [, setLeadPriority] = useMutation(SetLeadPriority);
  const [, withdrawLeadConsent] = useMutation(WithdrawLeadConsent);
  const [, updateLeadInsurance] = useMutation(UpdateLeadInsurance);
  const [, setLeadLevelOfCare] = useMutation(SetLeadLevelOfCare);
  const [, recordEstimate] = useMutation(RecordEstimate);
  const [, clearLeadSpam] = useMutation(ClearLeadSpam);
  const [, markLeadSpam] = useMutation(MarkLeadSpam);
  const [, holdLead] = useMutation(HoldLead);
  const [, eraseLead] = useMutation(EraseLead);
  const [, mergeLeads] = useMutation(MergeLeads);
  const [, unmergeLead] = useMutation(UnmergeLead);
  const [, assignLeadInTurn] = useMutation(AssignLeadInTurn);
  const [, saveLeadTask] = useMutation(SaveLeadTask);
  const [, completeLeadTask] = useMutation(CompleteLeadTask);
  const [, recordLeadConsent] = useMutation(RecordLeadConsent);
  const [, suppressLeadContact] = useMutation(SuppressLeadContact);
  const [, liftLeadSuppression] = useMutation(LiftLeadSuppression);
  const [busy, setBusy] = useState(false);

  const read = async ({ id }: Seen): Promise<Lead | null> => {
    const now = await client.query(LeadQuery, { id }, { requestPolicy: 'network-only' }).toPromise();
    return now.data?.lead ?? null;
  };
  const since = ({ timeline }: Seen, now: Lead | null): string[] =>
    timeline === undefined || now === null ? [] : happenedSince(timeline, now.timeline, viewer.user.id);

  const perform = async <T, V extends AnyVariables>(
    seen: Seen,
    work: Promise<OperationResult<T, V>>,
    payloadOf: (data: T) => Payload,
    other: Seen | null = null,
  ): Promise<WorkAnswer> => {
    setBusy(true);
    try {
      const { data, error } = await work;
      if (data == null) return { kind: 'failed', message: error === undefined ? text.failed : failureText(error) };
      const { lead, userErrors } = payloadOf(data);
      if (userErrors.some(({ code }) => code === 'CONFLICT')) {
        const [now, otherNow] = await Promise.all([read(seen), other === null ? null : read(other)]);
        const happened = [
          ...since(seen, now),
          ...(other === null ? [] : since(other, otherNow).map((each) => `${other.reference}: ${each}`)),
        ];
        const sentences = happened.length === 0 ? [text.conflict.unknown] : happened.map((each) => `${each}.`);
        return { kind: 'conflict', lines: [...sentences, text.conflict.retry], lead: now, other: otherNow };
      }
      if (lead === null || userErrors.length > 0) return { kind: 'refused', userErrors };
      // The answer tells of one; what became of the other is read, so that both are right wherever they are shown.
      if (other !== null) await read(other);
      onDone(lead);
      void client.query(LeadCountsQuery, {}, { requestPolicy: 'network-only' }).toPromise();
      return { kind: 'done', lead };
    } finally {
      setBusy(false);
    }
  };

  return {
    busy,
    assign: (lead: Lead, assignee: string | null) =>
      perform(lead, assignLead({ input: { id: lead.id, version: lead.version, assignee } }), (data) => data.assignLead),
    /** To whoever is on shift and was given one longest ago. */
    assignInTurn: (lead: Lead) =>
      perform(
        lead,
        assignLeadInTurn({ input: { id: lead.id, version: lead.version } }),
        (data) => data.assignLeadInTurn,
      ),
    /** A new task without one; one that is done is open again. */
    saveTask: (lead: Lead, task: Task | null, wanted: WantedTask) => {
      const of = task === null ? {} : { task: { id: task.id, version: task.version } };
      return perform(lead, saveLeadTask({ input: { id: lead.id, ...of, ...wanted } }), (data) => data.saveLeadTask);
    },
    completeTask: (lead: Lead, { id, version }: Task) =>
      perform(lead, completeLeadTask({ input: { id, version } }), (data) => data.completeLeadTask),
    changeStatus: (lead: Lead, step: LeadStep) =>
      perform(
        lead,
        changeLeadStatus({ input: { id: lead.id, version: lead.version, ...step } }),
        (data) => data.changeLeadStatus,
      ),
    confirmHandOver: (lead: Lead, note: string) =>
      perform(
        lead,
        confirmLeadHandOver({ input: { id: lead.id, version: lead.version, note } }),
        (data) => data.confirmLeadHandOver,
      ),
    /** To a place that can help them, as the patient agreed to in writing. */
    refer: (lead: Lead, target: string, consent: Consent) =>
      perform(
        lead,
        referLead({ input: { id: lead.id, version: lead.version, target, consent } }),
        (data) => data.referLead,
      ),
    /** That the patient took the consent to a referral back. */
    revokeReferral: (lead: Lead, referral: string, note: string) =>
      perform(
        lead,
        revokeLeadReferral({ input: { id: lead.id, version: lead.version, referral, note } }),
        (data) => data.revokeLeadReferral,
      ),
    /** Who somebody is, and how they are reached. */
    correct: (lead: Lead, person: Whose, change: Correction) =>
      perform(
        lead,
        correctLeadPerson({ input: { id: lead.id, version: lead.version, person, ...change } }),
        (data) => data.correctLeadPerson,
      ),
    addNote: (lead: Lead, words: string) =>
      perform(lead, addLeadNote({ input: { id: lead.id, text: words } }), (data) => data.addLeadNote),
    logCall: (
      lead: Lead,
      call: { to: Whose; inbound: boolean; outcome: CallOutcome; seconds: number | null } & Onward,
    ) => perform(lead, logCall({ input: { id: lead.id, version: lead.version, ...call } }), (data) => data.logCall),
    logMessage: (lead: Lead, message: { to: Whose; channel: MessageChannel; answered: boolean } & Onward) =>
      perform(
        lead,
        logMessage({ input: { id: lead.id, version: lead.version, ...message } }),
        (data) => data.logMessage,
      ),
    schedule: (lead: Lead, onward: Onward) =>
      perform(
        lead,
        scheduleNextAction({ input: { id: lead.id, version: lead.version, ...onward } }),
        (data) => data.scheduleNextAction,
      ),
    setPriority: (lead: Lead, priority: LeadPriority) =>
      perform(
        lead,
        setLeadPriority({ input: { id: lead.id, version: lead.version, priority } }),
        (data) => data.setLeadPriority,
      ),
    withdrawConsent: (lead: Lead, taken: { consent: ConsentKind; everything: boolean; note: string }) =>
      perform(
        lead,
        withdrawLeadConsent({ input: { id: lead.id, version: lead.version, ...taken } }),
        (data) => data.withdrawLeadConsent,
      ),
    /** That somebody agreed by word. */
    recordConsent: (lead: Lead, spoken: Spoken) =>
      perform(
        lead,
        recordLeadConsent({ input: { id: lead.id, version: lead.version, ...spoken } }),
        (data) => data.recordLeadConsent,
      ),
    /** That they asked not to be contacted any more, by any way. */
    suppress: (lead: Lead, reason: SuppressionReason) =>
      perform(
        lead,
        suppressLeadContact({ input: { id: lead.id, version: lead.version, reason } }),
        (data) => data.suppressLeadContact,
      ),
    liftSuppression: (lead: Lead, reason: string) =>
      perform(
        lead,
        liftLeadSuppression({ input: { id: lead.id, version: lead.version, reason } }),
        (data) => data.liftLeadSuppression,
      ),
    updateInsurance: (lead: Lead, change: InsuranceUpdate) =>
      perform(
        lead,
        updateLeadInsurance({ input: { id: lead.id, version: lead.version, ...change } }),
        (data) => data.updateLeadInsurance,
      ),
    setLevelOfCare: (lead: Lead, levelOfCare: LevelOfCare) =>
      perform(
        lead,
        setLeadLevelOfCare({ input: { id: lead.id, version: lead.version, levelOfCare } }),
        (data) => data.setLeadLevelOfCare,
      ),
    recordEstimate: (lead: Lead) =>
      perform(lead, recordEstimate({ input: { id: lead.id, version: lead.version } }), (data) => data.recordEstimate),
    clearSpam: (lead: Lead) =>
      perform(lead, clearLeadSpam({ input: { id: lead.id, version: lead.version } }), (data) => data.clearLeadSpam),
    markSpam: (lead: Lead) =>
      perform(lead, markLeadSpam({ input: { id: lead.id, version: lead.version } }), (data) => data.markLeadSpam),
    hold: (lead: Lead, held: boolean, reason: string) =>
      perform(lead, holdLead({ input: { id: lead.id, version: lead.version, held, reason } }), (data) => data.holdLead),
    /** `other` goes into `lead`. */
    merge: (lead: Lead, other: Lead, reason: string) =>
      perform(
        lead,
        mergeLeads({
          input: { id: lead.id, version: lead.version, other: { id: other.id, version: other.version }, reason },
        }),
        (data) => data.mergeLeads,
        other,
      ),
    unmerge: ({ id, reference, version }: Merged, from: Named) =>
      perform({ id, reference }, unmergeLead({ input: { id, version } }), (data) => data.unmergeLead, {
        id: from.id,
        reference: from.reference,
      }),
    erase: (lead: Lead, reason: string) =>
      perform(lead, eraseLead({ input: { id: lead.id, version: lead.version, reason } }), (data) => data.eraseLead),
  };
};

export type LeadWork = ReturnType<typeof useLeadWork>;

import { Button, Modal, Radio } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useViewer } from '~/gql/session';
import { useFocusBack } from '~/ui/useFocusBack';
import { ArrivalFields, usePlaces } from './ArrivalFields';
import { judgeComing, noComing } from './arrival';
import { isForbidden } from './consent';
import { DialogAlert } from './DialogAlert';
import classes from './dialog.module.css';
import { NoteField } from './NoteField';
import type { Lead, LeadOutcome, LeadStatus } from './queries';
import { stepText } from './stepText';
import { text } from './text';
import { useDialogWork } from './useDialogWork';
import type { LeadWork } from './useLeadWork';
import { isWhy, mostOfWhy } from './why';

const Missing = lazy(async () => ({ default: (await import('./insurance/Insurance')).Missing }));

/** Why a lead goes back, where that has to be said. */
const questionOf = (from: LeadStatus, to: LeadStatus | null): string | null => {
  if (to === null) return null;
  if (from === 'SCHEDULED' && to === 'QUALIFIED') return stepText.statusDialog.noShow;
  return from === 'CLOSED' || from === 'ADMITTED' ? stepText.statusDialog.reopened : null;
};

/**
 * One of the steps that may follow, and what it needs: an outcome where it ends, a day and a place where they come, a
 * reason where it goes back. It judges the lead as it was when the dialog opened: if somebody changes it meanwhile, the
 * server refuses, and the dialog says what happened and keeps what was chosen.
 */
export const StatusDialog = ({
  lead,
  closing,
  to = null,
  work,
  onClose,
}: {
  lead: Lead;
  closing: boolean;
  /** Where it is to go, if that is said already. */
  to?: LeadStatus | null;
  work: LeadWork;
  onClose: () => void;
}) => {
  useFocusBack();
  const viewer = useViewer();
  const { seen, errors, trouble, busy, form, perform, refuse, mend } = useDialogWork(lead, [
    'status',
    'outcome',
    'location',
    'at',
    'transport',
    'reason',
  ]);
  const [chosen, setChosen] = useState<LeadStatus | null>(closing ? 'CLOSED' : to);
  const [outcome, setOutcome] = useState<LeadOutcome | null>(null);
  const [coming, setComing] = useState(noComing);
  const [reason, setReason] = useState('');
  const status = chosen !== null && seen.nextStatuses.includes(chosen) ? chosen : null;
  const question = questionOf(seen.status, status);
  const comes = seen.status === 'QUALIFIED' && status === 'SCHEDULED';
  const { places, failed } = usePlaces(comes);

  const submit = async () => {
    if (busy) return;
    if (status === null) {
      return refuse({ status: chosen === null ? stepText.statusDialog.noStatus : stepText.statusDialog.notOffered });
    }
    if (status === 'CLOSED' && outcome === null) return refuse({ outcome: stepText.statusDialog.noOutcome });
    const judged = comes ? judgeComing(coming, places ?? [], Date.now()) : { arrival: null, wrong: null };
    if (judged.wrong !== null) return refuse(judged.wrong);
    if (question !== null && !isWhy(reason)) return refuse({ reason: stepText.statusDialog.noReason });
    const step = {
      status,
      outcome: status === 'CLOSED' ? outcome : null,
      arrival: judged.arrival,
      reason: question === null ? '' : reason,
    };
    if (await perform((at) => work.changeStatus(at, step))) onClose();
  };

  const label = (next: LeadStatus) => (seen.status === 'CLOSED' ? text.reopen(text.status[next]) : text.status[next]);
  const colleagues = seen.assignee !== null && seen.assignee.id !== viewer.user.id;

  return (
    <Modal
      opened
      onClose={onClose}
      title={closing ? stepText.statusDialog.closeTitle : stepText.statusDialog.title}
      size={460}
    >
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
        {closing || seen.status !== 'CONTACTED' ? null : (
          <Suspense>
            <Missing lead={seen} />
          </Suspense>
        )}
        {seen.status === 'CLOSED' && isForbidden(seen) ? <p role="note">{stepText.statusDialog.noContact}</p> : null}
        {closing && status === 'CLOSED' ? null : seen.nextStatuses.length === 0 ? (
          <p>{stepText.statusDialog.nothingFollows(text.status[seen.status])}</p>
        ) : (
          <div data-field="status">
            <Radio.Group
              label={stepText.statusDialog.legend}
              description={stepText.statusDialog.now(text.status[seen.status])}
              value={status}
              error={errors['status']}
              onChange={(value) => {
                setChosen(value as LeadStatus);
                refuse({});
              }}
            >
              <div className={classes['choices']}>
                {seen.nextStatuses.map((next, index) => (
                  <Radio
                    key={next}
                    value={next}
                    label={label(next)}
                    description={text.statusHelp[next]}
                    data-autofocus={(!closing && index === 0) || undefined}
                  />
                ))}
              </div>
            </Radio.Group>
          </div>
        )}
        {status === 'CLOSED' ? (
          <div className={classes['field']} data-field="outcome">
            {seen.nextOutcomes.length === 0 ? (
              <p role="note">{stepText.statusDialog.colleagues}</p>
            ) : (
              <Radio.Group
                label={stepText.statusDialog.outcomeLegend}
                value={outcome}
                error={errors['outcome']}
                onChange={(value) => {
                  setOutcome(value as LeadOutcome);
                  mend('outcome');
                }}
              >
                <div className={classes['choices']}>
                  {seen.nextOutcomes.map((each, index) => (
                    <Radio
                      key={each}
                      value={each}
                      label={text.outcome[each]}
                      data-autofocus={(closing && index === 0) || undefined}
                    />
                  ))}
                </div>
              </Radio.Group>
            )}
            {seen.nextOutcomes.includes('OTHER') ? (
              <p className={classes['hint']}>{stepText.statusDialog.referHint}</p>
            ) : null}
            {!colleagues && !seen.nextOutcomes.includes('OTHER') ? (
              <p className={classes['hint']}>{stepText.statusDialog.onlyLead}</p>
            ) : null}
          </div>
        ) : null}
        {comes ? (
          <ArrivalFields
            value={coming}
            places={places}
            failed={failed}
            errors={errors}
            onChange={(value, field) => {
              setComing(value);
              mend(field);
            }}
            onSubmit={() => void submit()}
          />
        ) : null}
        {question === null ? null : (
          <div data-field="reason">
            <NoteField
              label={question}
              description={stepText.statusDialog.reasonHelp}
              value={reason}
              error={errors['reason']}
              most={mostOfWhy}
              onChange={(words) => {
                setReason(words);
                mend('reason');
              }}
              onSubmit={() => void submit()}
            />
          </div>
        )}
        <div className={classes['actions']} data-held>
          <Button variant="subtle" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button
            type="submit"
            loading={busy}
            disabled={seen.nextStatuses.length === 0 || (status === 'CLOSED' && seen.nextOutcomes.length === 0)}
          >
            {status === null
              ? stepText.statusDialog.submitNone
              : status === 'CLOSED'
                ? stepText.statusDialog.submitClose
                : stepText.statusDialog.submit(label(status))}
          </Button>
        </div>
      </form>
    </Modal>
  );
};

import { Button, Modal, Radio } from '@mantine/core';
import { lazy, Suspense, useRef, useState } from 'react';
import { fieldErrors } from '~/ui/fieldErrors';
import { useFocusBack } from '~/ui/useFocusBack';
import { DialogAlert, type Trouble } from './DialogAlert';
import classes from './dialog.module.css';
import type { Lead, LeadOutcome, LeadStatus } from './queries';
import { text } from './text';
import type { LeadWork } from './useLeadWork';

const Missing = lazy(async () => ({ default: (await import('./insurance/Insurance')).Missing }));

const outcomes = Object.keys(text.outcome) as LeadOutcome[];

/**
 * One of the steps that may follow; closing asks how it ended. It judges the lead as it was when the dialog opened:
 * if somebody changes it meanwhile, the server refuses, and the dialog says what happened and keeps what was chosen.
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
  const [seen, setSeen] = useState(lead);
  const [status, setStatus] = useState<LeadStatus | null>(closing ? 'CLOSED' : to);
  const [outcome, setOutcome] = useState<LeadOutcome | null>(null);
  const [errors, setErrors] = useState<{ status?: string; outcome?: string }>({});
  const [alert, setAlert] = useState<Trouble | null>(null);
  const [busy, setBusy] = useState(false);
  const statusGroup = useRef<HTMLDivElement>(null);
  const outcomeGroup = useRef<HTMLDivElement>(null);
  const focus = (group: HTMLDivElement | null) => group?.querySelector('input')?.focus();

  const submit = async () => {
    if (busy) return;
    setAlert(null);
    if (status === null) {
      setErrors({ status: text.statusDialog.noStatus });
      focus(statusGroup.current);
      return;
    }
    if (status === 'CLOSED' && outcome === null) {
      setErrors({ outcome: text.statusDialog.noOutcome });
      focus(outcomeGroup.current);
      return;
    }
    setErrors({});
    setBusy(true);
    const answer = await work.changeStatus(seen, status, status === 'CLOSED' ? outcome : null);
    setBusy(false);
    switch (answer.kind) {
      case 'done':
        onClose();
        return;
      case 'conflict': {
        setAlert({ title: text.conflict.title, lines: answer.lines });
        if (answer.lead === null) return;
        setSeen(answer.lead);
        if (!answer.lead.nextStatuses.includes(status)) {
          setStatus(null);
          setErrors({ status: text.statusDialog.notOffered });
        }
        return;
      }
      case 'refused': {
        const { byField, rest } = fieldErrors(answer.userErrors, ['status', 'outcome']);
        setErrors(byField);
        if (Object.keys(byField).length === 0) setAlert({ title: rest[0] ?? text.failed, lines: rest.slice(1) });
        return;
      }
      case 'failed':
        setAlert({ title: answer.message, lines: [] });
    }
  };

  const label = (next: LeadStatus) => (seen.status === 'CLOSED' ? text.reopen(text.status[next]) : text.status[next]);

  return (
    <Modal opened onClose={onClose} title={closing ? text.statusDialog.closeTitle : text.statusDialog.title} size={460}>
      <form
        noValidate
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <DialogAlert trouble={alert} />
        {closing || seen.status !== 'CONTACTED' ? null : (
          <Suspense>
            <Missing lead={seen} />
          </Suspense>
        )}
        {closing && status === 'CLOSED' ? null : seen.nextStatuses.length === 0 ? (
          <p>{text.statusDialog.nothingFollows(text.status[seen.status])}</p>
        ) : (
          <Radio.Group
            ref={statusGroup}
            label={text.statusDialog.legend}
            description={text.statusDialog.now(text.status[seen.status])}
            value={status}
            error={errors.status}
            onChange={(value) => {
              setStatus(value as LeadStatus);
              setErrors({});
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
        )}
        {status === 'CLOSED' ? (
          <Radio.Group
            ref={outcomeGroup}
            label={text.statusDialog.outcomeLegend}
            value={outcome}
            error={errors.outcome}
            onChange={(value) => {
              setOutcome(value as LeadOutcome);
              setErrors({});
            }}
          >
            <div className={classes['choices']}>
              {outcomes.map((each, index) => (
                <Radio
                  key={each}
                  value={each}
                  label={text.outcome[each]}
                  data-autofocus={(closing && index === 0) || undefined}
                />
              ))}
            </div>
          </Radio.Group>
        ) : null}
        <div className={classes['actions']}>
          <Button variant="subtle" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button type="submit" loading={busy} disabled={seen.nextStatuses.length === 0}>
            {status === null
              ? text.statusDialog.submitNone
              : status === 'CLOSED'
                ? text.statusDialog.submitClose
                : text.statusDialog.submit(label(status))}
          </Button>
        </div>
      </form>
    </Modal>
  );
};

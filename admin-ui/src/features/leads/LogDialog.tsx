import { Checkbox, Radio, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { isForbidden } from './consent';
import type { Whose } from './correct';
import classes from './dialog.module.css';
import { useDraft } from './drafts';
import { logText } from './logText';
import { NextField } from './NextField';
import { judgeNext, type Next, pickAfter, pickAfterMessage } from './next';
import type { CallOutcome, Lead, MessageChannel } from './queries';
import { mayLeaveVoicemail, openWays, patientWays, textsRefused } from './reach';
import { text } from './text';
import { useDialogWork } from './useDialogWork';
import type { LeadWork } from './useLeadWork';
import { WorkDialog } from './WorkDialog';

export type Attempt = 'call' | 'message';

const outcomes = Object.keys(text.call) as CallOutcome[];
/** Nobody spoke, so nothing was long or short. */
const unanswered: CallOutcome[] = ['NO_ANSWER', 'BUSY'];
/** In minutes. */
const longestCall = 240;
const fields = ['to', 'outcome', 'channel', 'seconds', 'nextActionAt', 'note'];

/**
 * A call that was made or a message that was sent, and when it goes on. What the person did not allow is not offered; who
 * needs help, where somebody else wrote, is another person with consents of their own.
 */
export const LogDialog = ({
  lead,
  opensAs,
  work,
  onClose,
}: {
  lead: Lead;
  opensAs: Attempt;
  work: LeadWork;
  onClose: () => void;
}) => {
  const dialog = useDialogWork(lead, fields);
  const { seen, errors, perform, refuse, mend } = dialog;
  const [kind, setKind] = useState(opensAs);
  const [chosenInbound, setInbound] = useState(false);
  const [said, setOutcome] = useState<CallOutcome | null>(null);
  const [minutes, setMinutes] = useState('');
  const [to, setTo] = useState<Whose>('INQUIRER');
  const ways = to === 'PATIENT' ? patientWays(seen) : openWays(seen);
  // Who may not be called may call.
  const inbound = chosenInbound || !ways.includes('PHONE');
  const outcome = inbound ? 'REACHED' : said;
  const channels = ways.filter((way) => way !== 'PHONE');
  const [chosenChannel, setChannel] = useState<MessageChannel | null>(null);
  const channel = channels.length === 1 ? (channels[0] ?? null) : chosenChannel;
  const voicemail = mayLeaveVoicemail(seen, to);
  const [answered, setAnswered] = useState(false);
  const [chosen, setChosen] = useState<Next | null>(null);
  const [note, setNote] = useDraft(`${lead.id}/log`);

  // What fits the outcome, until somebody chooses.
  const usual = kind === 'message' ? pickAfterMessage : outcome === null ? null : pickAfter[outcome];
  const next = chosen ?? { pick: usual, other: '' };
  const spoke = outcome !== null && !unanswered.includes(outcome);

  const submit = async () => {
    const now = Date.now();
    const wrong: { [field: string]: string } = {};
    if (kind === 'call' && outcome === null) wrong['outcome'] = logText.noOutcome;
    if (kind === 'message' && channel === null) wrong['channel'] = logText.noChannel;
    const length = kind === 'call' && spoke ? minutes.trim() : '';
    if (!/^\d*$/.test(length) || Number(length) > longestCall) wrong['seconds'] = logText.notMinutes;
    const time = judgeNext(next, now);
    if (time.wrong !== null) wrong['nextActionAt'] = time.wrong;
    if (time.at === null || Object.keys(wrong).length > 0) return refuse(wrong);

    const onward = { note, nextActionAt: new Date(time.at).toISOString() };
    const done = await perform((at) => {
      if (kind === 'message') return work.logMessage(at, { to, channel: channel ?? 'EMAIL', answered, ...onward });
      const seconds = length === '' ? null : Number(length) * 60;
      return work.logCall(at, { to, inbound, outcome: outcome ?? 'NO_ANSWER', seconds, ...onward });
    });
    if (!done) return;
    setNote('');
    onClose();
  };

  return (
    <WorkDialog
      title={logText.title[kind]}
      size={500}
      work={dialog}
      note={note}
      noteHelp={logText.noteHelp}
      submitLabel={logText.submit[kind]}
      onNote={setNote}
      onSubmit={submit}
      onClose={onClose}
    >
      {seen.relationship === 'SELF' ? null : (
        <div className={classes['field']} data-field="to">
          <Radio.Group
            label={logText.to}
            value={to}
            error={errors['to']}
            onChange={(value) => {
              setTo(value as Whose);
              // What one of them allowed the other may not have.
              setKind('call');
              setOutcome(null);
              setChannel(null);
              refuse({});
            }}
          >
            <div className={classes['choices']} data-columns>
              {(['INQUIRER', 'PATIENT'] as const).map((each) => (
                <Radio key={each} value={each} label={logText.people[each]} />
              ))}
            </div>
          </Radio.Group>
        </div>
      )}
      {channels.length > 0 ? (
        <SegmentedControl
          aria-label={logText.what}
          value={kind}
          onChange={(value) => {
            setKind(value as Attempt);
            refuse({});
          }}
          data={[
            { value: 'call', label: logText.kinds.call },
            { value: 'message', label: logText.kinds.message },
          ]}
        />
      ) : null}
      {kind === 'call' ? (
        <>
          {ways.includes('PHONE') ? (
            <Checkbox
              label={logText.inbound}
              checked={inbound}
              onChange={({ currentTarget }) => setInbound(currentTarget.checked)}
            />
          ) : (
            <p role="note">{onlyInbound(seen, to)}</p>
          )}
          {inbound ? null : (
            <div className={classes['field']} data-field="outcome">
              <Radio.Group
                label={logText.outcome}
                value={outcome}
                error={errors['outcome']}
                onChange={(value) => {
                  setOutcome(value as CallOutcome);
                  mend('outcome');
                }}
              >
                <div className={classes['choices']} data-columns>
                  {outcomes
                    .filter((each) => each !== 'VOICEMAIL' || voicemail)
                    .map((each, index) => (
                      <Radio
                        key={each}
                        value={each}
                        label={text.call[each]}
                        data-autofocus={(opensAs === 'call' && index === 0) || undefined}
                      />
                    ))}
                </div>
              </Radio.Group>
              {voicemail ? null : <p className={classes['hint']}>{logText.noVoicemail}</p>}
            </div>
          )}
          {spoke ? (
            <div data-field="seconds">
              <TextInput
                className={classes['minutes'] ?? ''}
                label={logText.minutes}
                description={logText.minutesHelp}
                inputMode="numeric"
                value={minutes}
                error={errors['seconds']}
                onChange={({ currentTarget }) => {
                  setMinutes(currentTarget.value);
                  mend('seconds');
                }}
              />
            </div>
          ) : null}
        </>
      ) : (
        <>
          <div className={classes['field']} data-field="channel">
            <Radio.Group
              label={logText.channel}
              value={channel}
              error={errors['channel']}
              onChange={(value) => {
                setChannel(value as MessageChannel);
                mend('channel');
              }}
            >
              <div className={classes['choices']} data-columns>
                {channels.map((each, index) => (
                  <Radio
                    key={each}
                    value={each}
                    label={logText.channels[each]}
                    data-autofocus={(opensAs === 'message' && index === 0) || undefined}
                  />
                ))}
              </div>
            </Radio.Group>
            {to === 'PATIENT' ? null : <NotOffered lead={seen} channels={channels} />}
          </div>
          <Checkbox
            label={logText.answered}
            checked={answered}
            onChange={({ currentTarget }) => setAnswered(currentTarget.checked)}
          />
        </>
      )}
      <NextField
        value={next}
        error={errors['nextActionAt']}
        onChange={(value) => {
          setChosen(value);
          mend('nextActionAt');
        }}
      />
    </WorkDialog>
  );
};

/** Why only a call of theirs can be written down. */
const onlyInbound = (lead: Lead, to: Whose): string => {
  if (to === 'PATIENT') return logText.patientNotAsked;
  if (isForbidden(lead)) return logText.onlyInbound;
  return lead.phone ? logText.noCalls : logText.noNumber;
};

/** Why a way to write is missing. */
const NotOffered = ({ lead, channels }: { lead: Lead; channels: MessageChannel[] }) => {
  const refused = textsRefused(lead);
  const why = [
    channels.includes('TEXT') ? null : lead.phone ? refused && text.safe.text[refused] : logText.noPhone,
    channels.includes('EMAIL') ? null : logText.noEmail,
  ].filter(Boolean);
  return why.length === 0 ? null : <p className={classes['hint']}>{why.join(' ')}</p>;
};

import { Button, Modal, Radio, TextInput } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { isTakenOver } from '~/gql/session';
import { holdWindow } from '~/gql/signingOut';
import { Key } from '~/ui/Key';
import { modKey } from '~/ui/shortcuts';
import { useFocusBack } from '~/ui/useFocusBack';
import classes from './CallDialog.module.css';
import { ConsentFields } from './ConsentFields';
import { inputOf, isWritten, newKey, noCall, staffErrors, type Write } from './call';
import { DialogAlert } from './DialogAlert';
import { DropCallDialog } from './DropCallDialog';
import dialog from './dialog.module.css';
import { NextField } from './NextField';
import { NoteField } from './NoteField';
import { newLeadText } from './newLeadText';
import type { Lead, LeadRelationship, UnderAge } from './queries';
import { SafeContactFields } from './SafeContactFields';
import { text } from './text';
import { useCreateLead } from './useCreateLead';
import { useDialogForm } from './useDialogForm';

const words = newLeadText;
const relationships = Object.keys(text.relationship) as LeadRelationship[];
const underAges = Object.keys(words.underAges) as UnderAge[];
const fields = [
  'name',
  'contact',
  'phone',
  'email',
  'relationship',
  'underAge',
  'message',
  'insurance',
  'voicemail',
  'sayWhoCalls',
  'text',
  'preferred',
  'bestTime',
  'agreed',
  'agreedToTexts',
  'nextActionAt',
];

/**
 * For somebody with a telephone in one hand: what a caller says, in the order in which it comes up. All of it lives in
 * this dialog until the server has it.
 */
export const CallDialog = ({ onTaken, onClose }: { onTaken: (lead: Lead) => void; onClose: () => void }) => {
  useFocusBack();
  const { errors, trouble, busy, form, perform, mend } = useDialogForm(fields);
  const create = useCreateLead();
  const [key] = useState(newKey);
  const [call, setCall] = useState(noCall);
  /** The lead that an attempt made whose answer was lost. What was written since is not in it. */
  const [before, setBefore] = useState<Lead | null>(null);
  const [asking, setAsking] = useState(false);
  const over = useRef(false);
  const written = isWritten(call);

  useEffect(() => (written ? holdWindow() : undefined), [written]);
  const blocker = useBlocker({
    shouldBlockFn: () => written && !over.current,
    enableBeforeUnload: () => written && !isTakenOver(),
    withResolver: true,
  });
  const leaving = blocker.status === 'blocked';

  const write: Write = (change) => {
    setCall((said) => ({ ...said, ...change }));
    for (const field of Object.keys(change)) {
      mend(field === 'next' ? 'nextActionAt' : field);
      if (field === 'phone' || field === 'email') mend('contact');
    }
  };
  const taken = (lead: Lead) => {
    over.current = true;
    onTaken(lead);
  };
  const submit = async () => {
    if (busy) return;
    if (before !== null) return taken(before);
    const answer = await perform(async () => {
      const given = await create(inputOf(call, key, Date.now()));
      return given.kind === 'refused' ? { ...given, userErrors: staffErrors(given.userErrors) } : given;
    });
    // Dropped meanwhile, it joins the list like any other.
    if (answer.kind !== 'done' || over.current) return;
    if (answer.asFirstSent) setBefore(answer.lead);
    else taken(answer.lead);
  };
  const stay = () => {
    setAsking(false);
    if (leaving) blocker.reset();
  };
  const close = () => {
    if (asking || leaving) stay();
    else if (written) setAsking(true);
    else onClose();
  };
  const drop = () => {
    over.current = true;
    if (leaving) blocker.proceed();
    else onClose();
  };

  return (
    <>
      <Modal opened onClose={close} title={words.title} size={620}>
        <form
          ref={form}
          noValidate
          autoComplete="off"
          className={classes['form']}
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
          onKeyDown={(event) => onEnter(event, () => void submit())}
        >
          <Danger />
          <p className={dialog['hint']}>{words.needed}</p>
          <div data-field="name">
            <TextInput
              label={words.name}
              description={words.nameHelp}
              data-autofocus
              maxLength={120}
              autoComplete="off"
              autoCapitalize="words"
              spellCheck={false}
              value={call.name}
              error={errors['name']}
              onChange={({ currentTarget }) => write({ name: currentTarget.value })}
            />
          </div>
          <div className={classes['pair']} data-field="contact">
            <div data-field="phone">
              <TextInput
                type="tel"
                label={words.phone}
                autoComplete="off"
                value={call.phone}
                error={errors['phone'] ?? errors['contact']}
                onChange={({ currentTarget }) => write({ phone: currentTarget.value })}
              />
            </div>
            <div data-field="email">
              <TextInput
                type="email"
                label={words.email}
                autoComplete="off"
                value={call.email}
                error={errors['email']}
                onChange={({ currentTarget }) => write({ email: currentTarget.value })}
              />
            </div>
          </div>
          <div data-field="relationship">
            <Radio.Group
              label={words.relationship}
              value={call.relationship}
              error={errors['relationship']}
              onChange={(value) => write({ relationship: value as LeadRelationship })}
            >
              <div className={`${dialog['choices']} ${classes['four']}`}>
                {relationships.map((each) => (
                  <Radio key={each} value={each} label={text.relationship[each]} />
                ))}
              </div>
            </Radio.Group>
          </div>
          <div data-field="underAge">
            <Radio.Group
              label={words.underAge}
              value={call.underAge}
              error={errors['underAge']}
              onChange={(value) => write({ underAge: value as UnderAge })}
            >
              <div className={`${dialog['choices']} ${classes['four']}`}>
                {underAges.map((each) => (
                  <Radio key={each} value={each} label={words.underAges[each]} />
                ))}
              </div>
            </Radio.Group>
          </div>
          <div data-field="message">
            <NoteField
              label={words.message}
              description={words.messageHelp}
              value={call.message}
              error={errors['message']}
              onChange={(message) => write({ message })}
              onSubmit={() => void submit()}
            />
          </div>
          <div data-field="insurance">
            <TextInput
              label={words.insurance}
              description={words.insuranceHelp}
              maxLength={200}
              autoComplete="off"
              spellCheck={false}
              value={call.insurance}
              error={errors['insurance']}
              onChange={({ currentTarget }) => write({ insurance: currentTarget.value })}
            />
          </div>
          <SafeContactFields call={call} errors={errors} write={write} />
          <ConsentFields call={call} errors={errors} write={write} />
          <NextField value={call.next} error={errors['nextActionAt']} onChange={(next) => write({ next })} />
          <div className={classes['foot']}>
            <DialogAlert trouble={before === null ? trouble : words.before} />
            <div className={dialog['actions']}>
              <Button variant="subtle" onClick={close}>
                {text.cancel}
              </Button>
              <Button type="submit" loading={busy}>
                {before === null ? words.submit : words.openBefore}
                <Key>{`${modKey}↵`}</Key>
              </Button>
            </div>
          </div>
        </form>
      </Modal>
      {asking || leaving ? <DropCallDialog isTaken={before !== null} onStay={stay} onDrop={drop} /> : null}
    </>
  );
};

/** For whoever takes the call. The numbers are no links: a slip of the thumb would end the call it is about. */
const Danger = () => (
  <p role="note" aria-label={words.danger.label} className={classes['danger']}>
    <b>{words.danger.now}</b> {words.danger.crisis} <b>{words.danger.crisisHow}</b>
  </p>
);

/** With Ctrl or ⌘ it is sent from anywhere; Enter alone, out of habit, would send it in the middle of the call. */
const onEnter = (event: KeyboardEvent<HTMLFormElement>, send: () => void) => {
  if (event.key !== 'Enter' || event.defaultPrevented || event.nativeEvent.isComposing) return;
  const sends = event.metaKey || event.ctrlKey;
  if (!sends && !(event.target instanceof HTMLInputElement)) return;
  event.preventDefault();
  if (sends) send();
};

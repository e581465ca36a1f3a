import { Button, Modal, Radio, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { fieldErrors } from '~/ui/fieldErrors';
import { useFocusBack } from '~/ui/useFocusBack';
import classes from './dialog.module.css';
import { type Person, reveal } from './reveal';
import { text } from './text';

const other = 'other';
const mostCharacters = 200;

/** Asks why, then shows the person. None of the reasons is chosen beforehand: what is on record was meant. */
export const RevealDialog = ({
  id,
  onClose,
  onRevealed,
}: {
  id: string;
  onClose: () => void;
  onRevealed: (person: Person) => void;
}) => {
  useFocusBack();
  const [choice, setChoice] = useState<string | null>(null);
  const [words, setWords] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const group = useRef<HTMLDivElement>(null);

  const submit = async () => {
    if (busy) return;
    const reason = choice === other ? words.trim() : choice;
    setFailure(null);
    if (reason === null || reason === '') {
      setError(reason === null ? text.reveal.noReason : text.reveal.noWords);
      if (reason === null) group.current?.querySelector('input')?.focus();
      else input.current?.focus();
      return;
    }
    setError(null);
    setBusy(true);
    const answer = await reveal(id, reason);
    setBusy(false);
    if (answer.kind === 'revealed') {
      onRevealed(answer.person);
      return;
    }
    if (answer.kind === 'refused') {
      const { byField, rest } = fieldErrors(answer.userErrors, ['reason']);
      setError(byField['reason'] ?? null);
      if (byField['reason'] === undefined) setFailure(rest[0] ?? text.failed);
    } else {
      setFailure(answer.kind === 'failed' ? answer.message : text.reveal.unreachable);
    }
  };

  return (
    <Modal opened onClose={onClose} title={text.reveal.title} size={460}>
      <form
        noValidate
        autoComplete="off"
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {failure === null ? null : (
          <p role="alert" className={classes['failure']}>
            {failure}
          </p>
        )}
        <Radio.Group
          ref={group}
          label={text.reveal.legend}
          description={text.reveal.lead}
          value={choice}
          error={choice === other ? null : error}
          onChange={(value) => {
            setChoice(value);
            setError(null);
          }}
        >
          <div className={classes['choices']}>
            {text.reveal.reasons.map((reason, index) => (
              <Radio key={reason} value={reason} label={reason} data-autofocus={index === 0 || undefined} />
            ))}
            <Radio value={other} label={text.reveal.other} />
          </div>
        </Radio.Group>
        {choice === other ? (
          <TextInput
            ref={input}
            label={text.reveal.words}
            description={text.reveal.wordsHelp}
            maxLength={mostCharacters}
            autoComplete="off"
            spellCheck={false}
            value={words}
            error={error}
            onChange={(event) => {
              setWords(event.currentTarget.value);
              setError(null);
            }}
          />
        ) : null}
        <div className={classes['actions']}>
          <Button variant="subtle" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button type="submit" loading={busy}>
            {text.reveal.submit}
          </Button>
        </div>
      </form>
    </Modal>
  );
};

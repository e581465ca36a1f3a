import { Button, Checkbox } from '@mantine/core';
import { useId } from 'react';
import { useQuery } from 'urql';
import classes from './CallDialog.module.css';
import type { Call, Write } from './call';
import dialog from './dialog.module.css';
import { newLeadText } from './newLeadText';
import { CallConsentsQuery } from './queries';
import type { Errors } from './useDialogForm';

const words = newLeadText.consent;

/** The wordings to read aloud, and what was said to them. Without the wording nobody can say yes to it. */
export const ConsentFields = ({ call, errors, write }: { call: Call; errors: Errors; write: Write }) => {
  const [{ data, error, fetching }, askAgain] = useQuery({ query: CallConsentsQuery });
  const wordings = data?.leadCallConsents;
  return (
    <fieldset className={classes['group']}>
      <legend>{words.legend}</legend>
      <p className={dialog['hint']}>{words.help}</p>
      <div className={classes['aloud']} data-field="agreed">
        {error && !wordings && !fetching ? (
          <div role="alert" className={classes['missing']}>
            <p>{words.failed}</p>
            <Button variant="default" onClick={() => askAgain({ requestPolicy: 'network-only' })}>
              {words.again}
            </Button>
          </div>
        ) : null}
        <Wording
          wording={wordings?.contact.wording ?? null}
          label={words.agreed}
          checked={call.agreed}
          error={errors['agreed']}
          onChange={(agreed) => write({ agreed })}
        />
      </div>
      {call.text ? (
        <div className={classes['aloud']} data-field="agreedToTexts">
          <Wording
            wording={wordings?.texts.wording ?? null}
            label={words.agreedToTexts}
            checked={call.agreedToTexts}
            error={errors['agreedToTexts']}
            onChange={(agreedToTexts) => write({ agreedToTexts })}
          />
        </div>
      ) : (
        <p className={dialog['hint']}>{words.noTexts}</p>
      )}
    </fieldset>
  );
};

const Wording = ({
  wording,
  label,
  checked,
  error,
  onChange,
}: {
  wording: string | null;
  label: string;
  checked: boolean;
  error: string | undefined;
  onChange: (yes: boolean) => void;
}) => {
  const id = useId();
  return (
    <>
      {wording === null ? null : <blockquote id={id}>{wording}</blockquote>}
      <Checkbox
        label={label}
        {...(wording === null ? {} : { 'aria-describedby': id })}
        disabled={wording === null}
        checked={checked}
        error={error}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
    </>
  );
};

import { Checkbox, Radio, TextInput } from '@mantine/core';
import classes from './CallDialog.module.css';
import type { Call, Write } from './call';
import dialog from './dialog.module.css';
import { newLeadText } from './newLeadText';
import type { ContactMethod } from './queries';
import type { Errors } from './useDialogForm';

const words = newLeadText.safe;
const allowed = ['voicemail', 'sayWhoCalls', 'text'] as const;
const ways = Object.keys(words.ways) as ContactMethod[];
const noWay = 'NONE';

/** How to reach a caller without doing harm. What they were not asked is not allowed. */
export const SafeContactFields = ({ call, errors, write }: { call: Call; errors: Errors; write: Write }) => (
  <>
    <fieldset className={classes['group']}>
      <legend>{words.legend}</legend>
      <p className={dialog['hint']}>{words.help}</p>
      {allowed.map((each) => (
        <div key={each} data-field={each}>
          <Checkbox
            label={words.allowed[each]}
            checked={call[each]}
            error={errors[each]}
            onChange={({ currentTarget }) => write({ [each]: currentTarget.checked })}
          />
        </div>
      ))}
    </fieldset>
    <div data-field="preferred">
      <Radio.Group
        label={words.preferred}
        value={call.preferred ?? noWay}
        error={errors['preferred']}
        onChange={(value) => write({ preferred: value === noWay ? null : (value as ContactMethod) })}
      >
        <div className={`${dialog['choices']} ${classes['four']}`}>
          <Radio value={noWay} label={words.any} />
          {ways.map((each) => (
            <Radio key={each} value={each} label={words.ways[each]} />
          ))}
        </div>
      </Radio.Group>
    </div>
    <div data-field="bestTime">
      <TextInput
        label={words.bestTime}
        description={words.bestTimeHelp}
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        value={call.bestTime}
        error={errors['bestTime']}
        onChange={({ currentTarget }) => write({ bestTime: currentTarget.value })}
      />
    </div>
  </>
);

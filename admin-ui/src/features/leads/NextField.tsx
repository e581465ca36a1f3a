import { Radio, TextInput } from '@mantine/core';
import { moment, timeOfDay } from './clock';
import classes from './dialog.module.css';
import { forField, type Next, picksAt, timeOfNext } from './next';
import { text } from './text';
import { useTick } from './useTick';

const rests = () => false;

/** When it goes on with this person: a few usual times, or any other. */
export const NextField = ({
  value,
  error,
  field = 'nextActionAt',
  label = text.next.legend,
  autoFocus = false,
  onChange,
}: {
  value: Next;
  error: string | undefined;
  /** As the server names it. */
  field?: string;
  label?: string;
  autoFocus?: boolean;
  onChange: (next: Next) => void;
}) => {
  const now = useTick(rests);
  const choose = (pick: Next['pick']) => {
    // Another time begins at the one that was chosen before.
    const other =
      pick === 'OTHER' && value.other === '' ? forField(timeOfNext(value, now) ?? now + 3_600_000) : value.other;
    onChange({ pick, other });
  };
  return (
    <div className={classes['field']} data-field={field}>
      <Radio.Group
        label={label}
        value={value.pick}
        error={value.pick === 'OTHER' ? null : error}
        onChange={(pick) => choose(pick as Next['pick'])}
      >
        <div className={classes['choices']} data-columns>
          {picksAt(now).map(({ pick, at }, index) => (
            <Radio
              key={pick}
              value={pick}
              label={text.next.picks[pick]}
              description={pick === 'MORNING' ? timeOfDay(at) : moment(at, now)}
              data-autofocus={(autoFocus && index === 0) || undefined}
            />
          ))}
          <Radio value="OTHER" label={text.next.other} description={text.next.otherHelp} />
        </div>
      </Radio.Group>
      {value.pick === 'OTHER' ? (
        <TextInput
          type="datetime-local"
          label={text.next.time}
          min={forField(now)}
          value={value.other}
          error={error}
          onChange={({ currentTarget }) => onChange({ pick: 'OTHER', other: currentTarget.value })}
        />
      ) : null}
    </div>
  );
};

import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import classes from './publish.module.css';
import { text } from './text';
import { fromLocal, ownZone, toLocal, zones } from './zone';

export type Moment = { runAt: string; timeZone: string };

/** Now, or at a time in a time zone. Null is now; undefined is a time that cannot be. */
export const When = ({ label, onChange }: { label: string; onChange: (moment: Moment | null | undefined) => void }) => {
  const [later, setLater] = useState(false);
  const [zone, setZone] = useState(ownZone);
  const [local, setLocal] = useState(() => toLocal(tomorrowAtNine(), ownZone()));
  const names = useMemo(zones, []);
  const at = fromLocal(local, zone);
  const wrong = at === null ? text.noTime : at.getTime() <= Date.now() ? text.past : null;
  const tell = (next: { later: boolean; local: string; zone: string }) => {
    const moment = fromLocal(next.local, next.zone);
    const fits = moment !== null && moment.getTime() > Date.now();
    onChange(!next.later ? null : fits ? { runAt: moment.toISOString(), timeZone: next.zone } : undefined);
  };
  return (
    <div className={classes['when']}>
      <SegmentedControl
        aria-label={label}
        value={later ? 'later' : 'now'}
        onChange={(value) => {
          setLater(value === 'later');
          tell({ later: value === 'later', local, zone });
        }}
        data={[
          { value: 'now', label: text.now },
          { value: 'later', label: text.later },
        ]}
      />
      {later && (
        <div className={classes['moment']}>
          <TextInput
            type="datetime-local"
            label={text.time}
            value={local}
            error={wrong}
            onChange={({ currentTarget: { value } }) => {
              setLocal(value);
              tell({ later, local: value, zone });
            }}
          />
          <NativeSelect
            label={text.zone}
            value={zone}
            data={names}
            onChange={({ currentTarget: { value } }) => {
              setZone(value);
              tell({ later, local, zone: value });
            }}
          />
        </div>
      )}
    </div>
  );
};

const tomorrowAtNine = (): Date => {
  const at = new Date();
  at.setDate(at.getDate() + 1);
  at.setHours(9, 0, 0, 0);
  return at;
};

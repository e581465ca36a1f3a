import { Tooltip } from '@mantine/core';
import { Avatar } from '~/ui/Avatar';
import classes from './BlockCard.module.css';
import type { Somebody } from './presence';
import { text } from './text';

/** Who else is at a block, in its margin, where no word of it is covered. */
export const Present = ({ people }: { people: readonly Somebody[] }) => (
  <div className={classes['present']}>
    {people.map(({ tab, name }) => (
      <Tooltip
        key={tab}
        label={text.card.here(name)}
        position="left"
        events={{ hover: true, focus: false, touch: true }}
      >
        <span role="img" aria-label={text.card.here(name)}>
          <Avatar name={name} />
        </span>
      </Tooltip>
    ))}
  </div>
);

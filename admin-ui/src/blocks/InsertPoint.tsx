import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { memo, type ReactElement } from 'react';
import { freshBlock, type Kind } from './definition';
import { InsertMenu } from './InsertMenu';
import classes from './InsertPoint.module.css';
import { text } from './text';
import type { BlockVerbs } from './verbs';

type Props = {
  index: number;
  kinds: readonly Kind[];
  open: boolean;
  verbs: BlockVerbs;
};

const WithMenu = ({ index, kinds, open, verbs, children }: Props & { children: ReactElement }) =>
  open ? (
    <InsertMenu kinds={kinds} onClose={verbs.leave} onPick={(kind) => verbs.insert(index, freshBlock(kind))}>
      {children}
    </InsertMenu>
  ) : (
    children
  );

/** A menu hangs on what is in sight. */
const inSight = (point: HTMLElement | null) => void point?.scrollIntoView({ block: 'nearest' });

/** The seam between two blocks, where another can come in. */
export const InsertPoint = memo(({ before, ...place }: Props & { before: string }) => (
  <div
    ref={place.open ? inSight : undefined}
    className={classes['seam']}
    data-insert-at={place.index}
    data-open={place.open || undefined}
  >
    <WithMenu {...place}>
      <button
        type="button"
        className={classes['plus']}
        aria-label={text.insert.between(before)}
        aria-haspopup="listbox"
        aria-expanded={place.open}
        onClick={() => place.verbs.add(place.index)}
      >
        <IconPlus size={14} stroke={2} aria-hidden />
      </button>
    </WithMenu>
  </div>
));

/** Where the document goes on. */
export const AppendPoint = (place: Props) => (
  <div ref={place.open ? inSight : undefined} className={classes['append']} data-insert-at={place.index}>
    <WithMenu {...place}>
      <Button
        variant="default"
        leftSection={<IconPlus size={16} stroke={1.8} aria-hidden />}
        aria-haspopup="listbox"
        aria-expanded={place.open}
        onClick={() => place.verbs.add(place.index)}
        onKeyDown={(event) => {
          if (event.key !== '/') return;
          event.preventDefault();
          place.verbs.add(place.index);
        }}
      >
        {text.insert.add}
      </Button>
    </WithMenu>
    <p className={classes['hints']}>
      <span>
        <kbd>/</kbd> {text.insert.hint}
      </span>
      <span>
        <kbd>@</kbd> {text.insert.mention}
      </span>
    </p>
  </div>
);

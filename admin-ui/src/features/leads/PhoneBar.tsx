import { Button } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { wayIcons } from './ContactCard';
import classes from './OpenLead.module.css';
import type { Way } from './reach';
import { text } from './text';

/** On a phone: the next thing to do, within reach of the thumb. */
export const PhoneBar = ({
  first,
  revealed,
  mayLog,
  mayMove,
  onReveal,
  onLog,
  onStatus,
  onNote,
}: {
  first: Way | null;
  revealed: boolean;
  mayLog: boolean;
  /** To another status. */
  mayMove: boolean;
  onReveal: () => void;
  onLog: () => void;
  onStatus: () => void;
  onNote: () => void;
}) => {
  const Icon = first === null ? IconEye : wayIcons[first.method];
  return (
    <nav className={classes['bar']} aria-label={text.bar.label}>
      {first !== null ? (
        <Button component="a" href={first.href} leftSection={<Icon size={17} stroke={1.6} />}>
          {text.contact.ways[first.method]}
        </Button>
      ) : revealed ? null : (
        <Button leftSection={<Icon size={17} stroke={1.6} />} onClick={onReveal}>
          {text.bar.reveal}
        </Button>
      )}
      {mayLog ? (
        <Button variant="default" onClick={onLog}>
          {text.bar.log}
        </Button>
      ) : null}
      {mayMove ? (
        <Button variant="default" onClick={onStatus}>
          {text.bar.status}
        </Button>
      ) : null}
      <Button variant="default" onClick={onNote}>
        {text.bar.note}
      </Button>
    </nav>
  );
};

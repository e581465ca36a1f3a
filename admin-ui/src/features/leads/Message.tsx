import { IconLock } from '@tabler/icons-react';
import classes from './OpenLead.module.css';
import { text } from './text';

/** What the person wrote; null while it is masked. */
export const Message = ({ message, mayWork }: { message: string | null; mayWork: boolean }) => (
  <section className={classes['message']} aria-label={text.contact.message}>
    {message === null ? (
      <p className={classes['locked']}>
        <IconLock size={16} stroke={1.6} aria-hidden />
        {mayWork ? text.contact.maskedMessage : text.contact.maskedMessageForbidden}
      </p>
    ) : message.trim() === '' ? (
      <p className="muted">{text.contact.noMessage}</p>
    ) : (
      <p className={classes['words']}>{message}</p>
    )}
  </section>
);

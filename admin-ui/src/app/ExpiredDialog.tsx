import { Modal } from '@mantine/core';
import { SignInForm } from '~/features/session/SignInForm';
import { text } from '~/features/session/text';
import type { Viewer } from '~/gql/session';
import classes from './ShortcutSheet.module.css';

/** The session ran out: sign in over the screen, so that nothing typed behind it is lost. */
export const ExpiredDialog = ({ viewer }: { viewer: Viewer }) => (
  <Modal
    opened
    onClose={() => {}}
    title={text.expired.title}
    withCloseButton={false}
    closeOnEscape={false}
    closeOnClickOutside={false}
  >
    <div className={classes['sheet']}>
      <p>{text.expired.body(viewer.user.name)}</p>
      <SignInForm email={viewer.user.email} onDone={() => {}} />
    </div>
  </Modal>
);

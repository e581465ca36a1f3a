import { Button } from '@mantine/core';
import { type NotificationData, notifications } from '@mantine/notifications';
import classes from './removedNotice.module.css';
import { text } from './text';

let count = 0;

/** Says what was removed, and brings it back while it is in sight. */
export const removedNotice = (name: string, onUndo: () => void): NotificationData =>
  undoNotice(text.removed(name), onUndo);

/** Says what was done, and takes it back while it is in sight. */
export const undoNotice = (message: string, onUndo: () => void): NotificationData => {
  count += 1;
  const id = `undo-${count}`;
  return {
    id,
    message: (
      <span className={classes['notice']}>
        <span>{message}</span>
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => {
            notifications.hide(id);
            onUndo();
          }}
        >
          {text.undoRemove}
        </Button>
      </span>
    ),
  };
};

import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import classes from './OpenLead.module.css';
import { text } from './text';

/** Says what was done, and takes it back as long as it is shown: for as many milliseconds. */
export const showUndo = (message: string, undo: () => void, shown?: number) => {
  const toast = notifications.show({
    ...(shown === undefined ? {} : { autoClose: shown }),
    message: (
      <span className={classes['toast']}>
        {message}
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => {
            notifications.hide(toast);
            undo();
          }}
        >
          {text.undo}
        </Button>
      </span>
    ),
  });
};

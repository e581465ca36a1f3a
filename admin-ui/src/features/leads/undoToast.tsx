import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import classes from './OpenLead.module.css';
import { text } from './text';

/** Says what was done, and takes it back as long as it is shown. */
export const showUndo = (message: string, undo: () => void) => {
  const toast = notifications.show({
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

import { Button } from '@mantine/core';
import { IconCloudOff } from '@tabler/icons-react';
import type { Saving } from '~/ui/SaveState';
import classes from './Parked.module.css';
import { text } from './text';

/** Says that what is written stays on this device until the server can be reached again. */
export const ConnectionBanner = ({ saving, onRetry }: { saving: Saving; onRetry: () => void }) =>
  saving.kind !== 'failed' ? null : (
    <div className={classes['banner']} role="status">
      <IconCloudOff size={16} stroke={1.6} aria-hidden />
      <span>{text.saving.kept}</span>
      <Button variant="default" size="compact-sm" onClick={onRetry}>
        {text.saving.again}
      </Button>
    </div>
  );

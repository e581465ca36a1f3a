import { Button, Popover, SegmentedControl, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBell, IconClockX, IconKeyboard, IconLogout, IconUserCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { signOut, useCan, useViewer } from '~/gql/session';
import { Avatar } from '~/ui/Avatar';
import classes from './AccountMenu.module.css';
import { text } from './text';

/** Who is signed in, how it should look, and the way out. */
export const AccountMenu = ({ onShortcuts, place }: { onShortcuts: () => void; place: 'rail' | 'bottom' }) => {
  const { user } = useViewer();
  const worksLeads = useCan('WORK_LEADS');
  const erasesLeads = useCan('ERASE_LEADS');
  const [open, setOpen] = useState(false);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const leave = async () => {
    if (!(await signOut())) notifications.show({ message: text.signOutFailed, color: 'red' });
  };
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position={place === 'rail' ? 'top-start' : 'top-end'}
      width={260}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <UnstyledButton
          className={classes[place]}
          aria-label={text.accountOf(user.name)}
          onClick={() => setOpen((was) => !was)}
        >
          {place === 'rail' ? (
            <>
              <Avatar name={user.name} />
              <span className={classes['who']}>
                <span className="clip">{user.name}</span>
                <span className="clip muted">{text.roles[user.role]}</span>
              </span>
            </>
          ) : (
            <>
              <IconUserCircle size={17} stroke={1.75} />
              {text.account}
            </>
          )}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={text.accountOf(user.name)}>
        <div className={classes['head']}>
          <b className="clip">{user.name}</b>
          <span className="clip muted">{user.email}</span>
        </div>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={text.appearance}
          value={colorScheme}
          onChange={(value) => setColorScheme(value as 'light' | 'dark' | 'auto')}
          data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: text.schemes[value] }))}
        />
        <div className={classes['actions']}>
          {worksLeads && (
            <Button
              component={Link}
              to="/notices"
              variant="subtle"
              justify="flex-start"
              leftSection={<IconBell size={17} stroke={1.6} />}
              onClick={() => setOpen(false)}
            >
              {text.notices}
            </Button>
          )}
          {erasesLeads && (
            <Button
              component={Link}
              to="/retention"
              variant="subtle"
              justify="flex-start"
              leftSection={<IconClockX size={17} stroke={1.6} />}
              onClick={() => setOpen(false)}
            >
              {text.retention}
            </Button>
          )}
          <Button
            variant="subtle"
            justify="flex-start"
            leftSection={<IconKeyboard size={17} stroke={1.6} />}
            onClick={() => {
              setOpen(false);
              onShortcuts();
            }}
          >
            {text.shortcuts.open}
          </Button>
          <Button
            variant="subtle"
            justify="flex-start"
            leftSection={<IconLogout size={17} stroke={1.6} />}
            onClick={() => void leave()}
          >
            {text.signOut}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
};

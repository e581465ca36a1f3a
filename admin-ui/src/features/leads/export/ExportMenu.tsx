import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Suspense, useRef, useState } from 'react';
import { lazyPart } from '~/ui/lazyPart';
import { exportText } from './text';

const ExportDialog = lazyPart(async () => (await import('./ExportDialog')).ExportDialog);

/** What is done with many leads, now and then. */
export const ExportMenu = () => {
  const target = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Menu position="bottom-end" onOpen={ExportDialog.fetch}>
        <Menu.Target>
          <ActionIcon ref={target} variant="default" size={36} aria-label={exportText.more} title={exportText.more}>
            <IconDots size={17} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            onClick={() => {
              // The dialog gives the keyboard back to what had it: that must not be an item that is gone by then.
              target.current?.focus();
              setOpen(true);
            }}
          >
            {exportText.open}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isOpen ? (
        <Suspense>
          <ExportDialog onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
};

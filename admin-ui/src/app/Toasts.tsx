import { useMediaQuery } from '@mantine/hooks';
import { Notifications } from '@mantine/notifications';
import { type RefObject, useEffect, useRef } from 'react';

const newest = () => [...document.querySelectorAll('.mantine-Notifications-notification')].at(-1);

const goBack = (from: RefObject<HTMLElement | null>) => {
  from.current?.focus();
  from.current = null;
};

/**
 * Messages. Mantine lays them over its dialogs and menus; but a dialog keeps the keyboard to itself, so F8 leads to the
 * newest message out of whatever is open, and pressing one of its buttons leads back.
 */
export const Toasts = () => {
  const from = useRef<HTMLElement | null>(null);
  // There they lie over what one reads.
  const phone = useMediaQuery('(max-width: 760px)', undefined, { getInitialValueInEffect: false }) === true;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { activeElement: here, body } = document;
      const toast = event.key === 'F8' ? newest() : undefined;
      // A message that went by itself took the keyboard with it.
      const lost = event.key === 'Tab' && here === body && from.current?.isConnected === true;
      if (toast === undefined && !lost) return;
      event.preventDefault();
      event.stopPropagation();
      if (lost) goBack(from);
      else if (here instanceof HTMLElement && toast?.contains(here) === false) {
        from.current = here;
        // What it offers stands before what closes it.
        toast.querySelector('button')?.focus();
      }
    };
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
  return (
    <Notifications
      position="bottom-right"
      limit={phone ? 2 : 3}
      autoClose={10_000}
      // A press of a key counts no clicks; with a pointer the keyboard is where it was put.
      onClick={({ detail }) => detail === 0 && goBack(from)}
    />
  );
};

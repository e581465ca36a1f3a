import { useEffect } from 'react';

/** For what opens over a screen: when it is gone, the keyboard is where it was before. */
export const useFocusBack = () => {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
};

import { type KeyboardEvent, useEffect, useRef } from 'react';

/**
 * Enter that comes before the answer to what was typed waits for it: what is shown till then is of other words. `act`
 * does what Enter is for once the answer is there; typing on takes it back.
 */
export const useWaitingEnter = (loading: boolean, act: () => void) => {
  const waiting = useRef(false);
  useEffect(() => {
    if (!waiting.current || loading) return;
    waiting.current = false;
    act();
  });
  // In the capture phase, before the list hears of it.
  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') waiting.current = false;
    else if (loading) {
      event.preventDefault();
      event.stopPropagation();
      waiting.current = true;
    }
  };
  return { onKeyDownCapture };
};

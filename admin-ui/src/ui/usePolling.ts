import { useEffect, useRef } from 'react';

/** Runs `work` now and every `interval` ms while the page is visible, and at once when it becomes visible again. */
export const usePolling = (work: () => void, interval: number) => {
  const latest = useRef(work);
  useEffect(() => {
    latest.current = work;
  });
  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const stop = () => {
      clearInterval(timer);
      timer = undefined;
    };
    const follow = () => {
      stop();
      if (document.visibilityState !== 'visible') return;
      latest.current();
      timer = setInterval(() => latest.current(), interval);
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    window.addEventListener('online', follow);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', follow);
      window.removeEventListener('online', follow);
    };
  }, [interval]);
};

import { useSyncExternalStore } from 'react';

/** Something that is on or off for whoever uses this browser, in all its tabs. It says nothing of anybody. */
export type Preference = {
  isOn: () => boolean;
  set: (on: boolean) => void;
  use: () => [boolean, (on: boolean) => void];
};

/** Kept under `key`; `usual` until somebody chooses. Where nothing may be kept it holds for this visit. */
export const preference = (key: string, usual: boolean): Preference => {
  const listeners = new Set<() => void>();
  const read = () => {
    try {
      const kept = localStorage.getItem(key);
      return kept === null ? usual : kept === 'on';
    } catch {
      return usual;
    }
  };
  let on = read();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const isOn = () => on;
  const set = (wanted: boolean) => {
    on = wanted;
    try {
      localStorage.setItem(key, wanted ? 'on' : 'off');
    } catch {
      // For this visit only, then.
    }
    tell();
  };
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };
  if (typeof window !== 'undefined') {
    // Another tab chose.
    window.addEventListener('storage', (event) => {
      if (event.key !== key) return;
      on = read();
      tell();
    });
  }
  return { isOn, set, use: () => [useSyncExternalStore(subscribe, isOn), set] };
};

import { useEffect, useRef } from 'react';
import { preference } from './preference';

/* What a browser does by itself when somebody waits: a sound, a notice on the desktop. Neither says who. */

export const soundAlerts = preference('hillside-alert-sound', false);
export const desktopAlerts = preference('hillside-alert-desktop', false);

export const canNotify = () => 'Notification' in globalThis;

/** Asks for leave where it has to be asked for. */
export const askForDesktop = async () => canNotify() && (await Notification.requestPermission()) === 'granted';

/** How long a sound, or the tab that was first to make it, keeps the others silent, in milliseconds. */
const once = 2_000;

let sounds: AudioContext | null = null;

/** Two short tones, the second higher. Silent where the browser wants a click first. */
export const playAlert = () => {
  if (!('AudioContext' in globalThis)) return;
  sounds ??= new AudioContext();
  const context = sounds;
  const tone = (hertz: number, after: number) => {
    const oscillator = context.createOscillator();
    const volume = context.createGain();
    const start = context.currentTime + after;
    oscillator.frequency.value = hertz;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.2, start + 0.02);
    volume.gain.linearRampToValueAtTime(0, start + 0.18);
    oscillator.connect(volume).connect(context.destination);
    oscillator.start(start);
    oscillator.stop(start + 0.2);
  };
  void context.resume().then(() => {
    tone(660, 0);
    tone(880, 0.22);
  });
};

/** In one of the tabs that are open. */
const inOneTab = (act: () => void) => {
  if (!('locks' in navigator)) {
    act();
    return;
  }
  void navigator.locks.request('hillside-alert', { ifAvailable: true }, (lock) => {
    if (lock === null) return;
    act();
    return new Promise((settle) => setTimeout(settle, once));
  });
};

const notify = (says: string) => {
  if (!canNotify() || Notification.permission !== 'granted') return;
  const notice = new Notification('Hillside', { body: says, tag: 'hillside-leads' });
  notice.addEventListener('click', () => {
    window.focus();
    notice.close();
  });
};

export const alertOf = (says: string) => {
  inOneTab(() => {
    if (soundAlerts.isOn()) playAlert();
    if (desktopAlerts.isOn() && !document.hasFocus()) notify(says);
  });
};

/** Says so whenever there are more than there were; what is there at first is no news. */
export const useAlert = (count: number | undefined, says: string) => {
  const known = useRef(count);
  useEffect(() => {
    const before = known.current;
    known.current = count;
    if (before !== undefined && count !== undefined && count > before) alertOf(says);
  }, [count, says]);
};

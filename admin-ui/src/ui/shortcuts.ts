import { useEffect, useRef, useSyncExternalStore } from 'react';
import { preference } from './preference';

/*
 * Single keys for people who work here all day. They are listed in one sheet and can be switched off
 * (WCAG 2.1.4); they rest while somebody types or a dialog or menu is open.
 */

const mac = typeof navigator !== 'undefined' && /Mac|iP(hone|ad|od)/.test(navigator.platform);

/** As it is written before a letter: `⌘K`, `Ctrl+K`. */
export const modKey = mac ? '⌘' : 'Ctrl+';

/** `Shift+X` is told from `x` where both are offered. Without `run` it is only listed in the sheet: whatever has the keyboard listens for it itself. */
export type Shortcut = { key: string; label: string; run?: () => void };

const enabled = preference('hillside-shortcuts', true);
let groups: { id: symbol; title: string; shortcuts: Shortcut[] }[] = [];
const listeners = new Set<() => void>();
const changed = () => {
  for (const listener of listeners) listener();
};
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('input, textarea, select, [contenteditable="true"], [role="menu"], [role="listbox"]') !== null);

/** Enter belongs to the link or button that has the focus. */
const taken = (key: string, target: EventTarget | null) =>
  key === 'Enter' && target instanceof Element && target.closest('a, button, summary, [role="button"]') !== null;

const onKeyDown = (event: KeyboardEvent) => {
  if (!enabled.isOn() || event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey)
    return;
  if (typing(event.target) || document.querySelector('[role="dialog"], [role="menu"]') !== null) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (taken(key, event.target)) return;
  for (const { shortcuts } of groups.toReversed()) {
    const named = (name: string) => shortcuts.find((shortcut) => shortcut.key === name);
    const found = (event.shiftKey ? named(`Shift+${key.toUpperCase()}`) : undefined) ?? named(key);
    if (found?.run !== undefined) {
      event.preventDefault();
      found.run();
      return;
    }
  }
};

if (typeof document !== 'undefined') document.addEventListener('keydown', onKeyDown);

/** Offers shortcuts while the calling screen is shown. */
export const useShortcuts = (title: string, shortcuts: Shortcut[]) => {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  const names = shortcuts
    .map(({ key, label, run }) => `${key}\u0000${label}\u0000${run === undefined ? '' : 'runs'}`)
    .join('\u0001');
  useEffect(() => {
    const id = Symbol(title);
    const stable =
      names === ''
        ? []
        : names.split('\u0001').map((name) => {
            const [key = '', label = '', runs = ''] = name.split('\u0000');
            if (runs === '') return { key, label };
            return { key, label, run: () => latest.current.find((each) => each.key === key)?.run?.() };
          });
    groups = [...groups, { id, title, shortcuts: stable }];
    changed();
    return () => {
      groups = groups.filter((group) => group.id !== id);
      changed();
    };
  }, [title, names]);
};

export const useShortcutGroups = () => useSyncExternalStore(subscribe, () => groups);

export const useShortcutsEnabled = enabled.use;

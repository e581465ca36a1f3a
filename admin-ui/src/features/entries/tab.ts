/*
 * The name of this window. It is made anew with each load, because a copied tab copies whatever the browser keeps for it,
 * and two windows of one name would write over each other.
 */

const bytes = crypto.getRandomValues(new Uint8Array(16));
const version = (byte: number, place: number) =>
  place === 6 ? (byte & 0x0f) | 0x40 : place === 8 ? (byte & 0x3f) | 0x80 : byte;
const hex = Array.from(bytes, (byte, place) => version(byte, place).toString(16).padStart(2, '0')).join('');

/** A UUID of version 4. */
export const tab = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

const lockOf = (name: string) => `hillside-window-${name}`;

// Held until the window is gone, however it goes. Only secure contexts have locks.
const locks = (globalThis.navigator as Navigator | undefined)?.locks as LockManager | undefined;
void locks?.request(lockOf(tab), () => new Promise(() => {})).catch(() => {});

/** Waits until the window of that name is gone; for ever where that cannot be known, and until `signal` says enough. */
export const untilGone = (name: string, signal: AbortSignal): Promise<void> =>
  locks?.request(lockOf(name), { signal }, () => {}).catch(() => {}) ?? new Promise(() => {});

/** Whether the window of that name is still open. Where that cannot be known, it counts as gone. */
export const isOpen = async (name: string): Promise<boolean> => {
  const held = (await locks?.query())?.held;
  return held?.some((lock) => lock.name === lockOf(name)) ?? false;
};

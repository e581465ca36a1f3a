import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { announceSigningOut, answerSigningOut, holdWindow, isHeld, type Line } from './signingOut';

/** Two ends of a channel, as two windows have them. */
const lines = () => {
  const make = () => ({ hearers: new Set<(event: MessageEvent) => void>(), said: [] as unknown[] });
  type End = ReturnType<typeof make>;
  const here = make();
  const there = make();
  const line = (own: End, far: End): Line =>
    ({
      postMessage: (data: unknown) => {
        own.said.push(data);
        for (const hear of [...far.hearers]) hear({ data } as MessageEvent);
      },
      addEventListener: (_: string, hear: (event: MessageEvent) => void) => own.hearers.add(hear),
      removeEventListener: (_: string, hear: (event: MessageEvent) => void) => own.hearers.delete(hear),
    }) as Line;
  return { leaving: line(here, there), staying: line(there, here), said: there.said };
};

const windowAnswers = (line: Line) =>
  line.addEventListener('message', ({ data }: MessageEvent) => {
    if (data === 'signing-out') void answerSigningOut(line);
  });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('waits until the other window has sent what was unsaved, and leaves that one as it is', async () => {
  const { leaving, staying } = lines();
  windowAnswers(staying);
  let sent = () => {};
  const letGo = holdWindow(
    () =>
      new Promise<void>((resolve) => {
        sent = resolve;
      }),
  );
  let gone = false;
  void announceSigningOut(leaving).then(() => {
    gone = true;
  });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(gone).toBe(false);
  sent();
  await vi.advanceTimersByTimeAsync(200);
  expect(gone).toBe(true);
  // It was saved: the screen stays all the same, for whoever was in the middle of a sentence.
  letGo();
  expect(isHeld()).toBe(true);
});

it('does not wait for ever, and hardly at all where nothing is unsaved', async () => {
  const { leaving, staying, said } = lines();
  windowAnswers(staying);
  let gone = 0;
  const count = () => {
    gone += 1;
  };
  void announceSigningOut(leaving).then(count);
  await vi.advanceTimersByTimeAsync(200);
  expect([gone, said, isHeld()]).toEqual([1, [], false]);

  const letGo = holdWindow(() => new Promise(() => {}));
  void announceSigningOut(leaving).then(count);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(gone).toBe(1);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(gone).toBe(2);
  letGo();
});

/*
 * Signing out ends the session for every window of this browser, and with it goes what the browser keeps for us. So it is
 * announced first: a window in which words are unsaved sends them while it still may, and stays as it is afterwards.
 */

/** The part of a BroadcastChannel that is used here. */
export type Line = Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'removeEventListener'>;

/** Sends what is unsaved, as far as that goes by itself. */
type Send = () => Promise<unknown>;

/** How long others have to say that they have something to send, and then to send it. */
const answersWithinMs = 150;
const sentWithinMs = 4_000;

const holders = new Set<{ send: Send }>();
let interrupted = false;

/** While somebody holds it, this window outlives a sign-out in another one. Answers how to let go of it. */
export const holdWindow = (send: Send = async () => {}): (() => void) => {
  const holder = { send };
  holders.add(holder);
  return () => {
    holders.delete(holder);
  };
};

/** Whether the sign-out in another window has to leave this one as it is. */
export const isHeld = (): boolean => interrupted || holders.size > 0;

/** In the windows where nobody signed out: what is unsaved is sent, and the other window waits for it. */
export const answerSigningOut = async (line: Line): Promise<void> => {
  interrupted = holders.size > 0;
  if (!interrupted) return;
  line.postMessage('sending');
  await Promise.allSettled([...holders].map(({ send }) => send()));
  line.postMessage('sent');
};

/** In the window where somebody signs out: resolves when the others have sent what they had, or took too long. */
export const announceSigningOut = (line: Line): Promise<void> =>
  new Promise((resolve) => {
    let sending = 0;
    const end = () => {
      clearTimeout(timer);
      line.removeEventListener('message', hear);
      resolve();
    };
    const hear = ({ data }: MessageEvent) => {
      if (data === 'sending') {
        sending += 1;
        clearTimeout(timer);
        timer = setTimeout(end, sentWithinMs);
      } else if (data === 'sent') {
        sending -= 1;
        // Another window may have something to send and not have said so yet.
        if (sending === 0) {
          clearTimeout(timer);
          timer = setTimeout(end, answersWithinMs);
        }
      }
    };
    let timer = setTimeout(end, answersWithinMs);
    line.addEventListener('message', hear);
    line.postMessage('signing-out');
  });

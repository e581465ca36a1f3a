import { text } from './text';

/*
 * Files on their way to the library: many at once, a few at a time. Knows no React and no network: it is handed a way
 * to send one file, and tells whoever listens how far each is.
 */

export type Sent =
  | { kind: 'done'; id: string; isNew: boolean }
  /** The file itself is refused: sending it again would change nothing. */
  | { kind: 'refused'; message: string }
  /** It did not arrive, or the server failed. */
  | { kind: 'failed'; message: string };

/** Sends a file. `onProgress` is told how much of it went, from 0 to 1. */
export type Send = (file: File, onProgress: (part: number) => void, signal: AbortSignal) => Promise<Sent>;

export type Upload = {
  readonly key: number;
  readonly name: string;
  readonly state:
    | { kind: 'waiting' }
    | { kind: 'sending'; part: number }
    /** All of it has arrived; the server makes a picture of it. */
    | { kind: 'working' }
    | Sent;
};

const atOnce = 2;
/** What the server takes, so that nobody waits for a refusal. */
const mostBytes = 20 * 1024 * 1024;

export const isSettled = ({ state }: Upload): boolean =>
  state.kind === 'done' || state.kind === 'refused' || state.kind === 'failed';

export class UploadQueue {
  readonly #send: Send;
  readonly #onDone: (id: string, isNew: boolean) => void;
  readonly #files = new Map<number, { file: File; abort: AbortController }>();
  readonly #listeners = new Set<() => void>();
  #uploads: readonly Upload[] = [];
  #next = 1;
  #running = 0;

  constructor(send: Send, onDone: (id: string, isNew: boolean) => void = () => {}) {
    this.#send = send;
    this.#onDone = onDone;
  }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** All of them, in the order in which they came. */
  uploads = (): readonly Upload[] => this.#uploads;

  add(files: Iterable<File>) {
    const added: Upload[] = [];
    for (const file of files) {
      const key = this.#next++;
      this.#files.set(key, { file, abort: new AbortController() });
      const tooLarge = file.size > mostBytes;
      const state = tooLarge
        ? ({ kind: 'refused', message: text.uploads.tooLarge } as const)
        : ({ kind: 'waiting' } as const);
      added.push({ key, name: file.name, state });
    }
    this.#become([...this.#uploads, ...added]);
    this.#work();
  }

  retry(key: number) {
    const held = this.#files.get(key);
    if (held === undefined || this.#find(key)?.state.kind !== 'failed') return;
    this.#files.set(key, { ...held, abort: new AbortController() });
    this.#set(key, { kind: 'waiting' });
    this.#work();
  }

  /** Takes one off the list; one that is on its way is stopped. */
  remove(key: number) {
    const held = this.#files.get(key);
    this.#files.delete(key);
    this.#become(this.#uploads.filter((upload) => upload.key !== key));
    held?.abort.abort();
  }

  /** Takes off what is done or refused. */
  clear() {
    for (const upload of this.#uploads.filter(isSettled)) this.remove(upload.key);
  }

  #work() {
    while (this.#running < atOnce) {
      const next = this.#uploads.find(({ state }) => state.kind === 'waiting');
      if (next === undefined) return;
      void this.#one(next.key);
    }
  }

  async #one(key: number) {
    const held = this.#files.get(key);
    if (held === undefined) return;
    this.#running += 1;
    this.#set(key, { kind: 'sending', part: 0 });
    const onProgress = (part: number) => this.#set(key, part < 1 ? { kind: 'sending', part } : { kind: 'working' });
    const sent = await this.#send(held.file, onProgress, held.abort.signal);
    this.#running -= 1;
    this.#set(key, sent);
    if (sent.kind === 'done') {
      if (this.#files.has(key)) this.#onDone(sent.id, sent.isNew);
      // Its bytes are not needed any more.
      this.#files.delete(key);
    }
    this.#work();
  }

  #find(key: number): Upload | undefined {
    return this.#uploads.find((upload) => upload.key === key);
  }

  #set(key: number, state: Upload['state']) {
    if (this.#find(key) === undefined) return;
    this.#become(this.#uploads.map((upload) => (upload.key === key ? { ...upload, state } : upload)));
  }

  #become(uploads: readonly Upload[]) {
    this.#uploads = uploads;
    for (const listener of this.#listeners) listener();
  }
}

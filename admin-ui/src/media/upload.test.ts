import { describe, expect, it, vi } from 'vitest';
import { type Send, type Sent, UploadQueue } from './upload';

const file = (name: string, size = 4) => new File([new Uint8Array(size)], name, { type: 'image/png' });

/** A way to send that waits until it is told what came of it. */
const desk = () => {
  const under = new Map<
    string,
    { settle: (sent: Sent) => void; progress: (part: number) => void; signal: AbortSignal }
  >();
  const send: Send = (sent, progress, signal) =>
    new Promise((settle) => {
      under.set(sent.name, { settle, progress, signal });
      signal.addEventListener('abort', () => settle({ kind: 'failed', message: 'stopped' }));
    });
  const at = (name: string) => {
    const found = under.get(name);
    if (found === undefined) throw new Error(`${name} is not under way`);
    return found;
  };
  return { send, at, names: () => [...under.keys()] };
};

const states = (queue: UploadQueue) => queue.uploads().map(({ name, state }) => `${name} ${state.kind}`);
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('the queue of uploads', () => {
  it('sends two at a time, in the order in which they came, and says which are done', async () => {
    const { send, at, names } = desk();
    const done = vi.fn();
    const queue = new UploadQueue(send, done);
    queue.add([file('a'), file('b'), file('c')]);
    expect(states(queue)).toEqual(['a sending', 'b sending', 'c waiting']);
    at('b').settle({ kind: 'done', id: 'med_b', isNew: true });
    await settled();
    expect(states(queue)).toEqual(['a sending', 'b done', 'c sending']);
    expect(names()).toEqual(['a', 'b', 'c']);
    expect(done).toHaveBeenCalledWith('med_b', true);
  });

  it('tells how much of a file went, and that the server works on it', () => {
    const { send, at } = desk();
    const queue = new UploadQueue(send);
    const listener = vi.fn();
    queue.subscribe(listener);
    queue.add([file('a')]);
    at('a').progress(0.5);
    expect(queue.uploads()[0]?.state).toEqual({ kind: 'sending', part: 0.5 });
    at('a').progress(1);
    expect(queue.uploads()[0]?.state).toEqual({ kind: 'working' });
    expect(listener).toHaveBeenCalled();
  });

  it('goes on when one fails, and tries that one again only when asked', async () => {
    const { send, at, names } = desk();
    const queue = new UploadQueue(send);
    queue.add([file('a'), file('b'), file('c')]);
    at('a').settle({ kind: 'failed', message: 'no network' });
    at('b').settle({ kind: 'refused', message: 'no picture' });
    await settled();
    expect(states(queue)).toEqual(['a failed', 'b refused', 'c sending']);
    const [a, b] = queue.uploads();
    queue.retry(b?.key ?? 0);
    queue.retry(a?.key ?? 0);
    expect(states(queue)).toEqual(['a sending', 'b refused', 'c sending']);
    at('a').settle({ kind: 'done', id: 'med_a', isNew: false });
    await settled();
    expect(states(queue)[0]).toBe('a done');
    expect(names()).toEqual(['a', 'b', 'c']);
  });

  it('stops one that is taken off, without a word of it afterwards', async () => {
    const { send, at } = desk();
    const done = vi.fn();
    const queue = new UploadQueue(send, done);
    queue.add([file('a'), file('b'), file('c')]);
    const { signal } = at('a');
    queue.remove(queue.uploads()[0]?.key ?? 0);
    expect(signal.aborted).toBe(true);
    await settled();
    expect(states(queue)).toEqual(['b sending', 'c sending']);
    expect(done).not.toHaveBeenCalled();
  });

  it('does not send what the server would refuse for its size', () => {
    const { send, names } = desk();
    const queue = new UploadQueue(send);
    queue.add([file('large', 20 * 1024 * 1024 + 1)]);
    expect(states(queue)).toEqual(['large refused']);
    expect(names()).toEqual([]);
    queue.clear();
    expect(queue.uploads()).toEqual([]);
  });
});

import { open, readFile } from 'node:fs/promises';

/** What was acknowledged, a line `key reference` each, on disk: the record that the leads are held against. */
export class Ledger {
  #file;
  #handle;
  #lines = [];
  #last = Promise.resolve();
  #next = null;

  static async create(file) {
    const ledger = new Ledger();
    ledger.#file = file;
    ledger.#handle = await open(file, 'ax');
    return ledger;
  }

  /** Writes down an acknowledgement, and answers when it is on disk. Those that come during a flush share the next. */
  note(key, reference) {
    this.#lines.push(`${key}\t${reference}\n`);
    if (this.#next === null) {
      this.#next = this.#last.then(() => this.#flush());
      this.#last = this.#next;
    }
    return this.#next;
  }

  /** Everything that was written down, as pairs of a key and its reference, read from the disk. */
  async read() {
    await this.#last;
    const lines = (await readFile(this.#file, 'utf8')).split('\n');
    return lines.filter((line) => line !== '').map((line) => line.split('\t'));
  }

  async close() {
    await this.#last.catch(() => {});
    await this.#handle.close();
  }

  async #flush() {
    const lines = this.#lines.splice(0).join('');
    this.#next = null;
    await this.#handle.appendFile(lines);
    await this.#handle.sync();
  }
}

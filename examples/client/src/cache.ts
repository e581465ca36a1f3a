import type { Answer } from './client.ts';

/** What a webhook says has changed. */
export type Change = { paths: readonly string[]; tags: readonly string[] };

/** Answers by path, until a webhook says that they changed, or until they are old: a webhook may get lost. */
export class PageCache<Data> {
  private readonly pages = new Map<string, Answer<Data> & { until: number }>();
  private readonly most: number;
  private readonly keptForMs: number;
  private changes = 0;

  constructor({ most = 1_000, keptForMs = 3_600_000 } = {}) {
    this.most = most;
    this.keptForMs = keptForMs;
  }

  /** The answer for a path, asked for where there is none. */
  async get(path: string, ask: () => Promise<Answer<Data>>): Promise<Data> {
    const kept = this.pages.get(path);
    if (kept !== undefined && kept.until > Date.now()) return kept.data;
    const { changes } = this;
    const answer = await ask();
    // An answer that was under way while something changed may be of before.
    if (changes === this.changes) this.keep(path, answer);
    return answer.data;
  }

  /** Lets go of what changed, and says which paths these were. An answer without tags may show anything of the site. */
  drop({ paths, tags }: Change): string[] {
    this.changes += 1;
    const [changedPaths, changedTags] = [new Set(paths), new Set(tags)];
    const dropped = [...this.pages]
      .filter(([path, page]) => changedPaths.has(path) || (page.tags?.some((tag) => changedTags.has(tag)) ?? true))
      .map(([path]) => path);
    for (const path of dropped) this.pages.delete(path);
    return dropped;
  }

  private keep(path: string, answer: Answer<Data>): void {
    this.pages.delete(path);
    const [oldest] = this.pages.keys();
    if (this.pages.size >= this.most && oldest !== undefined) this.pages.delete(oldest);
    this.pages.set(path, { ...answer, until: Date.now() + this.keptForMs });
  }
}

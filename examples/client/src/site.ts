import { randomUUID } from 'node:crypto';
import {
  article,
  type Content,
  type FormState,
  type Html,
  leadForm,
  nothing,
  receipt,
} from '@hillside-examples/blocks';
import { PageCache } from './cache.ts';
import { HillsideError, hillside } from './client.ts';
import { leadInput } from './lead.ts';
import { SubmitLead, Visit, type Visited } from './queries.ts';
import { isSigned } from './webhook.ts';

export type Settings = {
  /** Where Hillside is. */
  url: string;
  /** What its webhooks are signed with, `whsec_…`; without one they are refused. */
  webhookSecret: string;
};

/** What was sent by a form, and what came of it. */
export type Sent = { values: ReadonlyMap<string, string> } & (
  | { reference: string; problems?: never }
  | { reference?: never; problems: FormState['problems'] }
);

/** What a front end does between a browser and Hillside, whatever serves it. */
export class FrontEnd {
  private readonly ask;
  private readonly settings: Settings;
  private readonly cache = new PageCache<Visited>();

  constructor(settings: Settings) {
    this.settings = settings;
    this.ask = hillside(settings.url);
  }

  /** What is at a path: kept, or for who previews, asked for anew. `previews` says whether their token still holds. */
  async visit(path: string, preview?: string): Promise<{ visited: Visited; previews: boolean }> {
    if (preview !== undefined) {
      const draft = await this.ask(Visit, { path }, { preview }).catch(unlessExpired);
      if (draft !== null) return { visited: draft.data, previews: true };
    }
    const visited = await this.cache.get(path, () => this.ask(Visit, { path }));
    return { visited, previews: false };
  }

  /** Whether a token opens a draft still. */
  async opens(preview: string): Promise<boolean> {
    return (await this.ask(Visit, { path: '/' }, { preview }).catch(unlessExpired)) !== null;
  }

  /** Sends what somebody wrote in confidence. */
  async send({ leadForm: form }: Visited, path: string, values: ReadonlyMap<string, string>): Promise<Sent> {
    if (form === null) return { values, problems: [{ message: 'This form is closed. Please call us.', path: [] }] };
    const { data } = await this.ask(SubmitLead, { input: leadInput(form, values, path) });
    const { receipt: given, userErrors: problems } = data.submitLead;
    return given === null ? { values, problems } : { values, reference: given.reference };
  }

  /** A page's words. A form gets its key here, so what is kept between visits must not be this. */
  draw({ leadForm: form }: Visited, content: Content, sent?: Sent): Html {
    return article(content, {
      media: this.settings.url,
      form: (block) => {
        if (form === null || form.key !== block.form) return nothing;
        const own = sent?.values.get('placement') === block.placement ? sent : undefined;
        if (own?.reference !== undefined) return receipt(own.reference);
        const values = own?.values ?? new Map<string, string>();
        const idempotencyKey = values.get('idempotencyKey') ?? randomUUID();
        return leadForm(form, block, { path: content.path, idempotencyKey, values, problems: own?.problems ?? [] });
      },
    });
  }

  /** Takes a webhook in; the answer is the HTTP status. */
  revalidate(headers: Headers, body: string): number {
    if (!isSigned(this.settings.webhookSecret, headers, body)) return 401;
    const { type, data } = JSON.parse(body) as { type: string; data: { paths?: string[]; tags?: string[] } };
    if (type === 'content.changed') this.cache.drop({ paths: data.paths ?? [], tags: data.tags ?? [] });
    return 204;
  }
}

const unlessExpired = (error: unknown): null => {
  if (error instanceof HillsideError && error.code === 'UNAUTHENTICATED') return null;
  throw error;
};

/** A path as Hillside knows it, from that of an address: `/über-uns` for `/%C3%BCber-uns`. */
export const decoded = (pathname: string): string => {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
};

/** Where a redirect leads, as a `Location` header can say it. */
export const location = (target: string): string => {
  const { href, pathname, search, hash } = new URL(target, 'http://own.invalid');
  return target.startsWith('/') ? `${pathname}${search}${hash}` : href;
};

/** A path of this site and nothing else, so that a link to a preview leads nowhere else. */
export const ownPath = (path: string | null): string => {
  const own = 'http://own.invalid';
  // A browser reads `/\example.com` and more as another site; what it would make of a path is asked, not guessed.
  if (path === null || !URL.canParse(path, own)) return '/';
  const url = new URL(path, own);
  return url.origin === own ? url.pathname : '/';
};

/** The settings in the environment. */
export const settings = (): Settings => ({
  url: (process.env['HILLSIDE_URL'] ?? 'http://127.0.0.1:8000').replace(/\/+$/, ''),
  webhookSecret: process.env['WEBHOOK_SECRET'] ?? '',
});

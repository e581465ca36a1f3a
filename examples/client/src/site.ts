import { randomUUID } from 'node:crypto';
import { article, type Content, type FormState, type Html, leadForm, nothing, receipt } from '@hillside-examples/blocks';
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

  /** What is at a path: kept, or for who previews, asked for anew. */
  visit(path: string, preview?: string): Promise<Visited> {
    const ask = (token?: string) => this.ask(Visit, { path }, { preview: token });
    if (preview === undefined) return this.cache.get(path, ask);
    return ask(preview).then(
      ({ data }) => data,
      // The token has expired: show what is public.
      (error) => (error instanceof HillsideError && error.code === 'UNAUTHENTICATED' ? this.visit(path) : Promise.reject(error)),
    );
  }

  /** Whether a token opens a draft still. */
  async opens(preview: string): Promise<boolean> {
    return this.ask(Visit, { path: '/' }, { preview }).then(
      () => true,
      () => false,
    );
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

/** A path of this site and nothing else, so that a link to a preview leads nowhere else. */
export const ownPath = (path: string | null): string => (path !== null && /^\/(?![/\\])/.test(path) ? path : '/');

/** The settings in the environment. */
export const settings = (): Settings => ({
  url: (process.env['HILLSIDE_URL'] ?? 'http://127.0.0.1:8000').replace(/\/+$/, ''),
  webhookSecret: process.env['WEBHOOK_SECRET'] ?? '',
});

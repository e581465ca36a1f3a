/** Markup that is safe to send. Everything else is text, and is escaped. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }

  toString(): string {
    return this.markup;
  }
}

type Part = Html | string | number | false | null | undefined | readonly Part[];

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

const markupOf = (part: Part): string => {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.markup;
  if (typeof part === 'object') return part.map(markupOf).join('');
  return escaped(String(part));
};

/** A template whose values are escaped, unless they are markup already: html`<p>${text}</p>`. Quote every attribute. */
export const html = (markup: TemplateStringsArray, ...parts: Part[]): Html =>
  new Html(markup.reduce((before, after, place) => before + markupOf(parts[place - 1]) + after));

/** Markup that somebody else made safe: the `html` of Hillside's rich text. */
export const trusted = (markup: string): Html => new Html(markup);

export const nothing = new Html('');

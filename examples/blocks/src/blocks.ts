import type { ResultOf } from 'gql.tada';
import type { Block, BlockOf, Citation, Kind, Phone, Target } from './fragments.ts';
import { type Html, html, nothing, trusted } from './html.ts';
import { picture } from './picture.ts';
import { place } from './place.ts';

/** What drawing a block needs besides it. */
export type Around = {
  /** Where Hillside serves pictures to browsers: `https://cms.example.org`. */
  media: string;
  /** Draws the confidential form below its heading. */
  form: (block: BlockOf<'LeadFormBlock'>) => Html;
  /** The key of the form that calls to action lead to, if the page has one. */
  formAnchor: string | undefined;
};

type Renderers = { [K in Kind]: (block: BlockOf<K>, around: Around) => Html };

/** One renderer for each kind of block. When the schema gets another kind, this no longer compiles until it is here. */
const renderers: Renderers = {
  HeadingBlock: (block) => {
    const attributes = html`id="${block.key}" data-block="HeadingBlock"`;
    if (block.level === 2) return html`<h2 ${attributes}>${block.text}</h2>`;
    if (block.level === 3) return html`<h3 ${attributes}>${block.text}</h3>`;
    return html`<h4 ${attributes}>${block.text}</h4>`;
  },

  RichTextBlock: (block) => html`<div id="${block.key}" data-block="RichTextBlock">${trusted(block.body.html)}</div>`,

  ListBlock: (block) => {
    const items = block.items.map((item) => html`<li>${inline(item.html)}</li>`);
    return section(block, block.style === 'NUMBERED' ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`);
  },

  // The table scrolls within its frame, which the keyboard can reach; a phone is narrower than three columns.
  ComparisonTableBlock: (block) => html`
<div id="${block.key}" data-block="ComparisonTableBlock" class="scroller" role="region" tabindex="0" aria-label="${block.caption}">
<table>
<caption>${block.caption}</caption>
<thead><tr>${block.columns.map((name) => (name === '' ? html`<td></td>` : html`<th scope="col">${name}</th>`))}</tr></thead>
<tbody>${block.rows.map(
    (row) => html`
<tr><th scope="row">${row.header}</th>${row.cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}
</tbody>
</table>
</div>`,

  StatisticBlock: (block) => {
    const about = [block.population, block.year].filter((part) => part !== '' && part !== null).join(', ');
    return html`
<figure id="${block.key}" data-block="StatisticBlock">
<p><strong>${block.value}</strong> ${block.statement}</p>
<figcaption>
${about !== '' && html`<p>${about}</p>`}
${block.source && html`<p>${cite(block.source)}</p>`}
${block.caveat !== '' && html`<p class="caveat">${block.caveat}</p>`}
</figcaption>
</figure>`;
  },

  EmergencyNoticeBlock: (block) =>
    section(
      block,
      html`${trusted(block.body.html)}
<ul class="contacts">${block.contacts.map(
        ({ when, contactPoint }) =>
          contactPoint && html`<li>${phoneLink(contactPoint, 'Call ')} <span>${when}</span></li>`,
      )}</ul>`,
    ),

  FaqBlock: (block) =>
    section(
      block,
      html`${block.questions.map(
        ({ key, question, answer }) => html`
<details id="${block.key}-${key}"><summary>${question}</summary>${trusted(answer.html)}</details>`,
      )}`,
    ),

  CallToActionBlock: (block, { formAnchor }) => {
    const link = block.link && { text: block.link.text, href: hrefOf(block.link.target) };
    return section(
      block,
      html`${trusted(block.body.html)}
<p class="actions">
${block.contactPoint && phoneLink(block.contactPoint, 'Call ')}
${block.formLink && formAnchor !== undefined && html`<a href="#${formAnchor}">Write in confidence</a>`}
${link?.href && html`<a href="${link.href}">${link.text}</a>`}
${block.location && html`<a href="${block.location.mapUrl}">Find us: ${block.location.name}</a>`}
</p>`,
    );
  },

  LeadFormBlock: (block, { form }) =>
    section(block, html`${block.intro !== '' && html`<p>${block.intro}</p>`}${form(block)}`),

  TherapyGridBlock: (block) =>
    section(
      block,
      html`<ul class="grid">${block.therapies.map(
        ({ path, title, summary }) => html`
<li><a href="${path}">${title}${block.region && ` in ${block.region.name}`}</a><p>${summary}</p></li>`,
      )}</ul>`,
    ),

  MediaBlock: (block, { media }) => {
    const credit = block.media?.credit ?? '';
    if (block.media === null && block.caption === '') return nothing;
    return html`
<figure id="${block.key}" data-block="MediaBlock" class="${block.placing.toLowerCase()}">
${block.media && picture(block.media, block, media)}
${(block.caption !== '' || credit !== '') && html`<figcaption>${block.caption} <small>${credit}</small></figcaption>`}
</figure>`;
  },

  QuoteBlock: (block) => html`
<figure id="${block.key}" data-block="QuoteBlock">
<blockquote><p>${block.text}</p></blockquote>
${block.attribution !== '' && html`<figcaption>${block.attribution}</figcaption>`}
</figure>`,

  CalloutBlock: (block) => html`
<div id="${block.key}" data-block="CalloutBlock" class="${block.tone.toLowerCase()}" role="note">
${block.heading !== '' && html`<p><strong>${block.heading}</strong></p>`}
${trusted(block.body.html)}
${block.sources.length > 0 && html`<ul class="sources">${block.sources.map((source) => html`<li>${cite(source)}</li>`)}</ul>`}
</div>`,

  PersonCardBlock: (block) =>
    section(
      block,
      block.person &&
        html`<div class="card">
<p><strong>${[block.person.name, block.person.credentials].filter(Boolean).join(', ')}</strong></p>
<p>${block.person.role}</p>
<p>${block.person.bio}</p>
</div>`,
    ),

  LocationCardBlock: (block) => section(block, block.location && place(block.location)),

  TableOfContentsBlock: (block) =>
    section(
      block,
      html`<nav aria-label="${block.heading || 'On this page'}"><ol>${block.entries.map(
        ({ title, anchor, level }) => html`<li class="level-${level}"><a href="#${anchor}">${title}</a></li>`,
      )}</ol></nav>`,
    ),

  // Readers of the public schema find the shared block itself in this place, under its own kind.
  SharedBlockBlock: () => nothing,
};

const isKnown = <K extends Kind>(kind: K): boolean => Object.hasOwn(renderers, kind);

/** A block as HTML. A kind that came to the server after this was built is skipped. */
export const renderBlock = <K extends Kind>(block: BlockOf<K> & { __typename: K }, around: Around): Html =>
  isKnown(block.__typename) ? renderers[block.__typename](block, around) : nothing;

/** The blocks of a page, one after another. Calls to action lead to its last form, where the reading ends. */
export const renderBlocks = (blocks: readonly Block[], around: Omit<Around, 'formAnchor'>): Html => {
  const formAnchor = blocks.findLast(({ __typename }) => __typename === 'LeadFormBlock')?.key;
  return html`${blocks.map((block) => renderBlock(block, { ...around, formAnchor }))}`;
};

/** The frame of a block: a section below its heading, or without one where the editor gave it none. */
const section = ({ __typename, key, heading }: Block & { heading: string }, body: Html | null): Html =>
  heading === ''
    ? html`<div id="${key}" data-block="${__typename}">${body}</div>`
    : html`
<section id="${key}" data-block="${__typename}" aria-labelledby="${key}-heading">
<h2 id="${key}-heading">${heading}</h2>
${body}
</section>`;

/** A number that a telephone dials when it is touched. */
export const phoneLink = ({ number, display }: ResultOf<typeof Phone>, before = ''): Html =>
  html`<a class="tel" href="tel:${number}">${before}${display}</a>`;

const cite = ({ title, publisher, year, url }: ResultOf<typeof Citation>): Html =>
  html`<cite>${url === null ? title : html`<a href="${url}">${title}</a>`}</cite>, ${publisher}${year !== null && `, ${year}`}`;

const hrefOf = (target: ResultOf<typeof Target>['target']): string | undefined => {
  switch (target.__typename) {
    case 'EntryLink':
      return target.path;
    case 'LocationLink':
      return target.mapUrl;
    case 'PhoneLink':
      return `tel:${target.number}`;
    case 'ExternalLink':
      return target.href;
    default:
      return undefined;
  }
};

/** A list item needs no paragraph of its own when it has only one. */
const inline = (markup: string): Html => {
  const [, only] = /^<p>(((?!<p>)[\s\S])*)<\/p>$/.exec(markup) ?? [];
  return trusted(only ?? markup);
};

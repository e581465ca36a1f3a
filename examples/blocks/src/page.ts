import { type Around, phoneLink, renderBlocks } from './blocks.ts';
import type { Content, Surroundings } from './fragments.ts';
import { type Html, html } from './html.ts';

const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' });
const date = (text: string): Html => html`<time datetime="${text}">${day.format(new Date(text))}</time>`;
const named = ({ name, credentials }: { name: string; credentials: string }): string =>
  [name, credentials].filter(Boolean).join(', ');

/** What stands in `<head>`: what search engines are told. */
export const head = (content: Content | null, { site }: Surroundings): Html => {
  const { title, description, noIndex, canonical } = content?.seo ?? {};
  const name = site?.name ?? '';
  return html`
<title>${title || content?.title || 'Not found'} | ${name}</title>
<meta name="description" content="${description || content?.summary || site?.description}">
${(noIndex || content === null) && html`<meta name="robots" content="noindex">`}
<link rel="icon" href="data:,">
${canonical && html`<link rel="canonical" href="${canonical}">`}`;
};

/** Above every page: whom to call in danger, then the centre. */
export const header = ({ site, main }: Surroundings): Html => html`
<a class="skip" href="#content">Skip to the content</a>
<aside class="danger" aria-label="In an emergency">
${site?.emergency && html`<span>In danger: ${phoneLink(site.emergency, 'call ')}</span>`}
${site?.crisis && html`<span>In a crisis: ${phoneLink(site.crisis, 'call or text ')}</span>`}
</aside>
<header class="site">
<a class="name" href="/">${site?.name}</a>
<nav aria-label="Main">${menu(main)}</nav>
${site?.contactPoint && phoneLink(site.contactPoint, 'Call ')}
</header>`;

/** Below every page. */
export const footer = ({ site, footer: links }: Surroundings): Html => html`
<footer class="site">
<p>${site?.statement}</p>
<nav aria-label="Footer">${menu(links)}</nav>
</footer>`;

/** A page or a therapy. */
export const article = (content: Content, around: Omit<Around, 'formAnchor'>): Html => html`
<article>
${content.__typename === 'Page' ? pageTop(content) : therapyTop(content)}
${renderBlocks(content.blocks, around)}
</article>`;

/** There is nothing at this path; there is still somebody to call. */
export const missing = ({ site }: Surroundings): Html => html`
<article>
<h1>This page is not here</h1>
<p>It may have moved, or the address may have a typing error. <a href="/">Go to the start</a>${site?.contactPoint && html` or call us: ${phoneLink(site.contactPoint)}`}.</p>
</article>`;

/** Says that not everything here is public, and how to get back. */
export const previewNote = (): Html =>
  html`<p class="preview" role="note">You see a draft in place of what is public, in confidence. <a href="/api/preview">Leave the preview</a></p>`;

const pageTop = (page: Extract<Content, { __typename: 'Page' }>): Html => html`
${page.parent && html`<nav aria-label="Breadcrumb"><a href="${page.parent.path}">${page.parent.title}</a></nav>`}
<h1>${page.title}</h1>
${page.summary !== '' && html`<p class="summary">${page.summary}</p>`}
<p class="byline">
${page.author && html`By ${named(page.author)}.`}
${page.reviewer && html`Reviewed by ${named(page.reviewer)}${page.reviewedOn && html`, ${date(page.reviewedOn)}`}.`}
Updated ${date(page.updatedAt)}.
</p>`;

const therapyTop = (therapy: Extract<Content, { __typename: 'Therapy' }>): Html => html`
<h1>${therapy.title}${therapy.abbreviation !== '' && ` (${therapy.abbreviation})`}</h1>
${therapy.summary !== '' && html`<p class="summary">${therapy.summary}</p>`}
${therapy.regions.length > 0 && html`<p class="byline">Offered in ${therapy.regions.map(({ name }) => name).join(', ')}</p>`}
${therapy.approach !== '' && html`<p>${therapy.approach}</p>`}
${therapy.conditions.length > 0 && html`<h2>What it is used for</h2><ul>${therapy.conditions.map((condition) => html`<li>${condition}</li>`)}</ul>`}`;

const menu = (navigation: Surroundings['main']): Html => html`
<ul>${navigation?.items.map(
  ({ label, href, items }) => html`
<li><a href="${href}">${label}</a>${items.length > 0 && html`<ul>${items.map((item) => html`<li><a href="${item.href}">${item.label}</a></li>`)}</ul>`}</li>`,
)}</ul>`;

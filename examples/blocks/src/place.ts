import type { ResultOf } from 'gql.tada';
import { phoneLink } from './blocks.ts';
import type { Place } from './fragments.ts';
import { type Html, html } from './html.ts';

type Location = ResultOf<typeof Place>;

const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' });

/** Where it is, when it is open, and how to call. */
export const place = (location: Location): Html => html`<div class="card">
<p><strong>${location.name}</strong></p>
<address>${addressOf(location)}</address>
${
  location.hours.length > 0 &&
  html`
<ul>
${location.hours.map(({ days, opens, closes }) => html`<li>${days.map(capitalised).join(', ')}: ${opens} to ${closes}</li>`)}
${location.specialDays.map(({ on, name, opens, closes }) => html`<li>${name}, <time datetime="${on}">${day.format(new Date(on))}</time>: ${opens === null ? 'closed' : `${opens} to ${closes}`}</li>`)}
</ul>
<p>Times of ${location.timeZone.replaceAll('_', ' ')}</p>`
}
<p class="actions">${location.contactPoint && phoneLink(location.contactPoint, 'Call ')} <a href="${location.mapUrl}">Find us on a map</a></p>
</div>`;

const addressOf = ({ lines, city, region, postalCode }: Location): string =>
  [...lines, city, [region?.code, postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ');

const capitalised = (word: string): string => word.charAt(0) + word.slice(1).toLowerCase();

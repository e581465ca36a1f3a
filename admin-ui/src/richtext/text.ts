export const text = {
  toolbar: 'Formatting',
  strong: 'Strong',
  em: 'Emphasis',
  heading: 'Heading',
  subheading: 'Smaller heading',
  bullets: 'Bullets',
  numbers: 'Numbers',
  link: 'Link',
  phone: 'Telephone number',
  removeLink: 'Remove link',
  changeLink: 'Change',
  linksTo: 'Links to',
  notPublic: 'not public yet',
  gone: 'no longer there: readers see plain words',
  placeholder: 'Write here',
  cannotEdit:
    'This text holds something this editor does not know, so it is shown and kept as it is. An administrator can change it through the API.',
  dialog: { link: 'Link to', mention: 'Mention', phone: 'Telephone number' },
  searchLink: 'Name of a page, therapy, location or telephone; or an address',
  searchMention: 'Name of a page, therapy, location, person or telephone',
  searchPhone: 'Name of a telephone',
  hintLink: 'An address begins with https:// or is an e-mail address.',
  openWeb: (url: string) => `Link to ${url}`,
  openMail: (address: string) => `Write to ${address}`,
  insecure: 'Only https:// addresses can be linked.',
  searching: 'Searching…',
  failed: 'The search did not answer. Type again.',
  nothing: 'Nothing of that name.',
  loss: ({ pictures, embeds, links, tables }: { [what in 'pictures' | 'embeds' | 'links' | 'tables']: number }) => {
    const number = (count: number, one: string, more: string) => (count === 1 ? `1 ${one}` : `${count} ${more}`);
    const left = [
      ...(pictures === 0 ? [] : [number(pictures, 'picture', 'pictures')]),
      ...(embeds === 0 ? [] : [number(embeds, 'video or embedded page', 'videos or embedded pages')]),
    ];
    return [
      ...(left.length === 0 ? [] : [`${left.join(' and ')} ${pictures + embeds === 1 ? 'was' : 'were'} left out.`]),
      ...(links === 0 ? [] : [number(links, 'link is plain words now.', 'links are plain words now.')]),
      ...(tables === 0 ? [] : [number(tables, 'table became lines of text.', 'tables became lines of text.')]),
    ].join(' ');
  },
  kinds: {
    PAGE: 'Page',
    THERAPY: 'Therapy',
    LOCATION: 'Location',
    CONTACT_POINT: 'Telephone',
    REGION: 'Region',
    PERSON: 'Person',
    SOURCE: 'Source',
    MEDIA: 'Picture',
    FAQ_ITEM: 'Question',
    SHARED_BLOCK: 'Shared block',
  },
};

/** “Café & Körper!” becomes “cafe-korper”: lower case, ASCII letters and digits, single hyphens, at most 80 characters. */
export const slugify = (title: string): string =>
  title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
    .replace(/^-+|-+$/g, '');

/** How addresses of the library call a kind of fact, from what many of it are called: `contact-points`. */
export const kindSlug = (plural: string): string => plural.toLowerCase().replaceAll(' ', '-');

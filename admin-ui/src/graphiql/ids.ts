import type { Values } from './examples';

/**
 * An id is another in every installation, so examples write it as `@therapy`, as the demo content's files do. What it
 * stands for is asked of the server when the first example is opened.
 */
export const idsQuery = `{
  therapies(first: 1) { nodes { id } }
  locations(first: 1) { nodes { id } }
  leadForm(key: "confidential") { consent { id } textConsent { id } }
}`;

export const placeholders = ['@therapy', '@location', '@consent', '@textConsent', '@new'] as const;

type Ids = Partial<Record<string, string>>;

/** What the answer to `idsQuery` says; what is not there yet keeps its placeholder. */
export const idsOf = (data: unknown): Ids => {
  const { therapies, locations, leadForm } = (data ?? {}) as {
    therapies?: { nodes: { id: string }[] } | null;
    locations?: { nodes: { id: string }[] } | null;
    leadForm?: { consent: { id: string }; textConsent: { id: string } } | null;
  };
  const ids = {
    '@therapy': therapies?.nodes[0]?.id,
    '@location': locations?.nodes[0]?.id,
    '@consent': leadForm?.consent.id,
    '@textConsent': leadForm?.textConsent.id,
  };
  return Object.fromEntries(Object.entries(ids).filter((entry): entry is [string, string] => entry[1] !== undefined));
};

/** The variables with ids in the places of their placeholders; `@new` becomes a key that was never used. */
export const filled = (values: Values, ids: Ids): Values =>
  JSON.parse(JSON.stringify(values), (_, value: unknown) => {
    if (value === '@new') return newKey();
    return typeof value === 'string' ? (ids[value] ?? value) : value;
  });

// `crypto.randomUUID` is there on https and localhost only.
const newKey = () =>
  `graphiql-${[...crypto.getRandomValues(new Uint32Array(4))].map((it) => it.toString(36)).join('')}`;

import { useMemo } from 'react';
import { useQuery } from 'urql';
import { type Kind, readKind } from '~/blocks/definition';
import { kindSlug } from '~/ui/slug';
import { type FactKind, FactKindsQuery } from './queries';

/** A kind of fact as the server defines it, read into what lists and forms need. */
export type FactKindInfo = {
  kind: FactKind;
  /** How the server calls its fields in an input. */
  key: string;
  /** How addresses call it: `contact-points`. */
  slug: string;
  noun: string;
  plural: string;
  description: string;
  single: boolean;
  form: Kind;
};

export const useFactKinds = () => {
  const [{ data, error }, retry] = useQuery({ query: FactKindsQuery, requestPolicy: 'cache-first' });
  const raw = data?.factKinds;
  const kinds = useMemo(
    () =>
      raw?.map(
        ({ kind, key, title, plural, description, single, ...form }): FactKindInfo => ({
          kind,
          key,
          slug: kindSlug(plural),
          noun: title.toLowerCase(),
          plural,
          description,
          single,
          form: readKind({ ...form, kind: key, title, description }),
        }),
      ),
    [raw],
  );
  return { kinds, error, retry: () => retry({ requestPolicy: 'network-only' }) };
};

import { useState } from 'react';
import { useQuery } from 'urql';
import { type PictureFilter, PicturesQuery } from './queries';

const first = 48;

/** The pictures that a filter lets through, page after page. */
export const usePictures = (filter: PictureFilter) => {
  const [after, setAfter] = useState<string | null>(null);
  const [asked, setAsked] = useState(filter);
  if (JSON.stringify(asked) !== JSON.stringify(filter)) {
    // Another list begins at its beginning.
    setAsked(filter);
    setAfter(null);
  }
  const [{ data, error, fetching }, again] = useQuery({ query: PicturesQuery, variables: { filter, first, after } });
  const found = data?.media;
  return {
    found,
    error,
    fetching,
    more: () => setAfter(found?.pageInfo.endCursor ?? null),
    /** Asks from the beginning, for what came or went. */
    refresh: () => {
      setAfter(null);
      again({ requestPolicy: 'network-only' });
    },
  };
};

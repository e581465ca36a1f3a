import { useCallback } from 'react';
import { type CombinedError, useMutation } from 'urql';
import { failureText } from '~/gql/client';
import { type Picture, type PictureChange, UpdatePicture } from './queries';

export type Updated =
  | { kind: 'done'; picture: Picture }
  | { kind: 'refused'; userErrors: readonly { message: string; path: string[] }[] }
  | { kind: 'failed'; message: string };

/** The version that the last change from here made of each picture, once it is known. */
const turns = new Map<string, Promise<number>>();

const read = (
  error: CombinedError | undefined,
  payload: { media: Picture | null; userErrors: { message: string; path: string[] }[] } | undefined,
): Updated => {
  if (error !== undefined || payload === undefined) {
    return { kind: 'failed', message: error === undefined ? '' : failureText(error) };
  }
  return payload.media === null
    ? { kind: 'refused', userErrors: payload.userErrors }
    : { kind: 'done', picture: payload.media };
};

/**
 * Changes a picture. Several parts of a screen do, each by itself: their changes go one after another, each upon the
 * version that the one before made, so that nobody is told of a colleague who was themselves.
 */
export const useUpdatePicture = () => {
  const [, update] = useMutation(UpdatePicture);
  return useCallback(
    async ({ id, version }: { id: string; version: number }, change: PictureChange): Promise<Updated> => {
      const before = turns.get(id) ?? Promise.resolve(version);
      const turn = before.then(async (own) => {
        const upon = Math.max(own, version);
        const { data, error } = await update({ input: { id, version: upon, ...change } });
        return { upon, updated: read(error, data?.updateMedia) };
      });
      turns.set(
        id,
        turn.then(({ upon, updated }) => (updated.kind === 'done' ? updated.picture.version : upon)),
      );
      return (await turn).updated;
    },
    [update],
  );
};

/** What went wrong, in one sentence; null when nothing did. */
export const whyNot = (updated: Updated): string | null => {
  switch (updated.kind) {
    case 'done':
      return null;
    case 'refused':
      return updated.userErrors[0]?.message ?? '';
    case 'failed':
      return updated.message;
  }
};

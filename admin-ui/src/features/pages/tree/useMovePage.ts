import { notifications } from '@mantine/notifications';
import { useEffect, useRef } from 'react';
import { useMutation } from 'urql';
import { undoNotice } from '~/features/entries/removedNotice';
import { failureText } from '~/gql/client';
import { MovePage } from './queries';
import { text } from './text';
import type { Parent, Placed } from './tree';

/** Moves a page, says so, and offers the way back. Answers why it was refused, or null. */
export const useMovePage = (onMoved: (moved: Placed, path: string, above: Parent) => Promise<void>) => {
  const [, movePage] = useMutation(MovePage);
  const latest = useRef(onMoved);
  useEffect(() => {
    latest.current = onMoved;
  });

  const carry = async (moved: Placed, to: Parent): Promise<{ path: string } | { refusal: string }> => {
    const { data, error } = await movePage({ input: { id: moved.page.id, parent: to } });
    if (error !== undefined) return { refusal: failureText(error) };
    const path = data?.movePage.path;
    if (path == null) return { refusal: data?.movePage.userErrors[0]?.message ?? text.move.refused };
    void latest.current(moved, path, to);
    return { path };
  };

  const undo = async (moved: Placed) => {
    const answer = await carry(moved, moved.parent);
    notifications.show(
      'refusal' in answer
        ? { color: 'red', message: answer.refusal }
        : { message: text.move.undone(moved.page.title, answer.path) },
    );
  };

  return async (moved: Placed, to: Parent): Promise<string | null> => {
    const answer = await carry(moved, to);
    if ('refusal' in answer) return answer.refusal;
    notifications.show(undoNotice(text.move.done(moved.page.title, answer.path), () => void undo(moved)));
    return null;
  };
};

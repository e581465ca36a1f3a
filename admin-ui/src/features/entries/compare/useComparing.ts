import { useLocation, useNavigate, useParams, useRouter } from '@tanstack/react-router';
import type { EntryListLink } from '../EditorBar';
import { compareLink, type Pair } from './address';

export type Comparing = {
  /** What the address compares; null when it is the editor's own. */
  pair: Pair | null;
  open: (pair: Pair) => void;
  /** Two others in its place; what is before it in the browser's history stays. */
  change: (pair: Pair) => void;
  /** Back to the editor. */
  close: () => void;
};

/** Which comparison lies over an entry's editor: its address says so, for a reload and for whoever is sent it. */
export const useComparing = (list: EntryListLink['to'], id: string): Comparing => {
  const { a, b } = useParams({ strict: false });
  const overEditor = useLocation({ select: ({ state }) => state.overEditor === true });
  const navigate = useNavigate();
  const { history } = useRouter();
  return {
    pair: a === undefined || b === undefined ? null : { from: a, to: b },
    open: (pair) => void navigate(compareLink(list, id, pair)),
    change: (pair) => void navigate({ ...compareLink(list, id, pair), state: true, replace: true }),
    close: () => {
      if (overEditor) history.back();
      else void navigate({ to: `${list}/$id`, params: { id }, replace: true, resetScroll: false });
    },
  };
};

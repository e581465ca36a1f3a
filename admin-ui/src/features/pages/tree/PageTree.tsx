import { IconHome } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import { useCan } from '~/gql/session';
import { useShortcuts } from '~/ui/shortcuts';
import { EmptyState, ErrorState, Loading, SkeletonRows } from '~/ui/states';
import { NewPage } from '../NewPage';
import { text as pages } from '../text';
import { useDropPage } from './drag';
import { MoveDialog } from './MoveDialog';
import classes from './PageTree.module.css';
import { Branch, type Desk } from './TreeItem';
import { text } from './text';
import { linesOf, nextBeginning, type Parent, type Placed, restId, stepOf } from './tree';
import { useMovePage } from './useMovePage';
import { usePageTree } from './usePageTree';

/** What is asked before something happens to a page. */
type Question = { kind: 'move'; moved: Placed; to: Parent | undefined } | { kind: 'new'; below: Placed };

/** All pages below each other: to walk through, to write below one, and to move. */
export const PageTree = () => {
  const navigate = useNavigate();
  const mayWrite = useCan('WRITE_CONTENT');
  const tree = usePageTree();
  const { branches, open } = tree;
  const [current, setCurrent] = useState<string | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);
  const list = useRef<HTMLDivElement>(null);
  useShortcuts(text.keys.title, [
    { key: '↑ ↓', label: text.keys.walk },
    { key: '→ ←', label: text.keys.inOut },
    { key: 'Home End', label: text.keys.ends },
    { key: 'Enter', label: text.keys.edit },
    ...(mayWrite ? [{ key: 'Shift+F10', label: text.keys.menu }] : []),
    { key: text.keys.letterKey, label: text.keys.letter },
  ]);

  const lines = linesOf(branches, open);
  const here = lines.find(({ id }) => id === current) ?? lines[0];

  const [wanted, setWanted] = useState<string | null>(null);
  useEffect(() => {
    // It may still have to be drawn, and a dialog may still give the keyboard back elsewhere.
    if (wanted === null) return;
    const timer = setTimeout(() => {
      focusLine(list.current, wanted);
      setWanted(null);
    }, 50);
    return () => clearTimeout(timer);
  }, [wanted]);

  const move = useMovePage(async (moved, path, above) => {
    await tree.reveal(moved.page.id, path, above);
    setCurrent(moved.page.id);
    setWanted(moved.page.id);
  });

  const close = () => {
    const asked = question?.kind === 'move' ? question.moved : question?.below;
    setQuestion(null);
    setWanted(asked?.page.id ?? null);
  };

  /** Goes on where a branch ended; the keyboard goes to the first of what came. */
  const readOn = async (parent: Parent) => {
    const before = branches.get(parent);
    const { pages: read } = await tree.load(parent, before?.next);
    setWanted(read[before?.pages.length ?? 0]?.id ?? restId(parent));
  };

  const desk: Desk = {
    tree,
    current: here?.id ?? null,
    setCurrent,
    mayWrite,
    onMove: (moved, to) => setQuestion({ kind: 'move', moved, to }),
    onReadOn: (parent) => void readOn(parent),
    onNewBelow: (below) => setQuestion({ kind: 'new', below }),
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const on = event.target;
    // What is inside a line has keys of its own.
    if (!(on instanceof HTMLElement) || on.role !== 'treeitem' || here === undefined) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter' || (event.key === ' ' && here.kind === 'rest')) {
      event.preventDefault();
      if (here.kind === 'rest') void readOn(here.parent);
      else void navigate({ to: '/pages/$id', params: { id: here.id } });
      return;
    }
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      if (openMenu(on)) event.preventDefault();
      return;
    }
    const typed = /^[\p{L}\p{N}]$/u.test(event.key) ? nextBeginning(lines, here.id, event.key) : null;
    const step = typed === null ? stepOf(lines, open, here.id, event.key) : { go: typed };
    if (step === null) return;
    event.preventDefault();
    if ('open' in step) tree.expand(step.open);
    else if ('close' in step) tree.collapse(step.close);
    else focusLine(list.current, step.go);
  };

  const top = branches.get(null);
  if (top === undefined || (top.pages.length === 0 && top.state === 'loading')) {
    return (
      <Loading>
        <SkeletonRows rows={8} height={52} />
      </Loading>
    );
  }
  if (top.pages.length === 0) {
    return top.state === 'failed' ? (
      <ErrorState title={text.failed} onRetry={() => void tree.load(null)}>
        {text.failedBody}
      </ErrorState>
    ) : (
      <EmptyState title={pages.empty.title}>{pages.empty.body}</EmptyState>
    );
  }
  return (
    <div className={classes['page']}>
      <Top onDropped={(moved) => desk.onMove(moved, null)} />
      <div
        ref={list}
        role="tree"
        aria-label={text.label}
        className={classes['tree']}
        onKeyDown={onKeyDown}
        onContextMenu={onContextMenu}
      >
        <Branch parent={null} level={1} desk={desk} />
      </div>
      {question?.kind === 'move' && (
        <MoveDialog
          moved={question.moved}
          to={question.to}
          onClose={close}
          onMove={async (to) => {
            const refusal = await move(question.moved, to);
            if (refusal === null) setQuestion(null);
            return refusal;
          }}
        />
      )}
      {question?.kind === 'new' && (
        <NewPage heading={text.newBelowTitle(question.below.page.title)} parent={question.below.page} onClose={close} />
      )}
    </div>
  );
};

/** Opens what can be done with a line's page; answers whether there is such a menu. */
const openMenu = (line: HTMLElement): boolean => {
  const button = line.querySelector<HTMLElement>('[aria-haspopup="menu"]');
  // Once the key has been heard: pressed from within its event, the button opens the menu the first time only.
  setTimeout(() => button?.getAttribute('aria-expanded') === 'false' && button.click());
  return button !== null;
};

/**
 * Some browsers ask for a menu before they tell of the key, others after the line's own menu has it. A pointer is on
 * what a line holds, and gets the browser's menu.
 */
const onContextMenu = (event: MouseEvent) => {
  const on = event.target;
  if (!(on instanceof HTMLElement)) return;
  if (on.role === 'menuitem' || (on.role === 'treeitem' && openMenu(on))) event.preventDefault();
};

const focusLine = (list: HTMLElement | null, id: string) => {
  const line = list?.querySelector<HTMLElement>(`[data-line="${CSS.escape(id)}"]`);
  line?.focus({ preventScroll: true });
  // The line holds everything below it; only what is drawn of itself has to be in sight.
  line?.firstElementChild?.scrollIntoView({ block: 'nearest' });
};

/** Where the tree begins, and where what is dropped goes to the top. */
const Top = ({ onDropped }: { onDropped: (moved: Placed) => void }) => {
  const place = useRef<HTMLDivElement>(null);
  const over = useDropPage(place, null, { onDropped });
  return (
    <div ref={place} className={classes['top']} data-over={over || undefined}>
      <IconHome size={16} stroke={1.6} aria-hidden />
      {over ? text.dropTop : text.top}
    </div>
  );
};

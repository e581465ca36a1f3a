import { Button } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { CombinedError } from 'urql';
import { failureText } from '~/gql/client';
import { EmptyState, ErrorState } from '~/ui/states';
import { useTitle } from '~/ui/title';
import type { EntryListLink } from '../EditorBar';
import type { Entry, EntryVerbs } from '../entry';
import { text as common } from '../text';
import { PreviewFrame } from './PreviewFrame';
import classes from './PreviewPane.module.css';
import { text } from './text';
import { useDrawing } from './useDrawing';
import { useFollowing } from './useFollowing';
import { useSavedDraft } from './useSavedDraft';
import { type Width, WidthChoice } from './widths';

type Verbs = Pick<EntryVerbs, 'read' | 'preview'>;

/** A draft as the site would show it, in a window of its own: what is written in the editor's window, or what is saved. */
export const PreviewWindow = ({
  entry,
  error,
  onRetry,
  list,
  verbs,
}: {
  /** Undefined until it is known, null when there is none. */
  entry: Entry | null | undefined;
  error: CombinedError | undefined;
  onRetry: () => void;
  list: EntryListLink;
  verbs: Verbs;
}) => (
  <main className={classes['window']}>
    {entry != null ? (
      <Shown entry={entry} list={list} verbs={verbs} />
    ) : entry === null ? (
      <EmptyState
        title={common.missing.title}
        action={
          <Button variant="default" renderRoot={(props) => <Link to={list.to} {...props} />}>
            {list.label}
          </Button>
        }
      >
        {common.missing.body}
      </EmptyState>
    ) : error !== undefined ? (
      <ErrorState title={common.failed} onRetry={onRetry}>
        {failureText(error)}
      </ErrorState>
    ) : (
      <p className={classes['grow']} role="status">
        {text.drawing}
      </p>
    )}
  </main>
);

const Shown = ({ entry, list, verbs }: { entry: Entry; list: EntryListLink; verbs: Verbs }) => {
  const [width, setWidth] = useState<Width>('full');
  const { ref: ground, width: room } = useElementSize();
  const { editor, left, pick } = useFollowing(entry.id);
  const saved = useSavedDraft(entry, verbs.read, { following: editor !== null, left });
  const draft = editor?.draft ?? saved;
  const title = String(draft.fields['title'] ?? '') || common.document.untitled;
  useTitle(text.frame(title));
  const { frame, shown, failure } = useDrawing({
    draft,
    active: editor?.active ?? null,
    preview: verbs.preview,
    onPick: pick,
  });
  const state = editor !== null ? text.follows : left !== null ? text.closed : text.saved;
  return (
    <>
      <header className={classes['bar']}>
        <h1 className="clip" title={title}>
          {title}
        </h1>
        <WidthChoice width={width} room={room} onWidth={setWidth} />
        <span className={classes['grow']} role="status">
          {failure ?? (shown ? state : text.drawing)}
        </span>
        {editor === null && (
          <Button
            variant="default"
            size="compact-sm"
            renderRoot={(props) => <Link to={`${list.to}/$id`} params={{ id: entry.id }} target="_blank" {...props} />}
          >
            {text.openEditor}
          </Button>
        )}
      </header>
      <PreviewFrame frame={frame} title={title} width={width} ground={ground} room={room} />
    </>
  );
};

import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, Suspense, useEffect, useRef } from 'react';
import { useClient } from 'urql';
import type { Kind } from '~/blocks/definition';
import type { Document } from '~/blocks/document';
import { rebase } from '~/blocks/patch';
import { failureText } from '~/gql/client';
import { lazyPart } from '~/ui/lazyPart';
import { RepublishEntries } from './bulk/queries';
import { withBlockRestored } from './compare/restore';
import type { Comparing } from './compare/useComparing';
import type { EntryListLink } from './EditorBar';
import { type Entry, type EntryVerbs, readDocument } from './entry';
import { undoNotice } from './removedNotice';
import { text } from './text';
import type { SavingDesk } from './useSaving';

const NoteDialog = lazyPart(async () => (await import('./NoteDialog')).NoteDialog);
const DiscardDialog = lazyPart(async () => (await import('./DiscardDialog')).DiscardDialog);
const TrashDialog = lazyPart(async () => (await import('./trash/TrashDialog')).TrashDialog);
const PublishDialog = lazyPart(async () => (await import('./publish/PublishDialog')).PublishDialog);
const UnpublishDialog = lazyPart(async () => (await import('./publish/UnpublishDialog')).UnpublishDialog);
const ConflictDialog = lazyPart(async () => (await import('./ConflictDialog')).ConflictDialog);
const CompareDialog = lazyPart(async () => (await import('./compare/CompareDialog')).CompareDialog);

/** Which dialog somebody asked for. */
export type OpenDialog = 'publish' | 'unpublish' | 'note' | 'discard' | 'trash' | null;

type Props = {
  open: OpenDialog;
  onOpen: (open: OpenDialog) => void;
  comparing: Comparing;
  entry: Entry;
  title: string;
  list: EntryListLink;
  kinds: readonly Kind[];
  verbs: EntryVerbs;
  safe: SavingDesk;
  draft: Document;
  onDraft: (draft: Document) => void;
  saveAndRecheck: () => Promise<Entry | null>;
  /** What the checks say, for the one who is about to publish. */
  problems: ReactNode;
  mayWrite: boolean;
  /** What somebody wrote and gave up for what a colleague wrote. */
  onParked: (mine: Document) => void;
};

/** What lies over the editor, one at a time: publishing, taking back, deleting, comparing, choosing between two. */
export const EntryDialogs = ({ open, onOpen, comparing, entry, verbs, safe, draft, kinds, ...rest }: Props) => {
  const navigate = useNavigate();
  const client = useClient();
  const close = () => onOpen(null);
  const latest = useRef(draft);
  useEffect(() => {
    latest.current = draft;
  });
  const republish = async () => {
    const { data, error } = await client.mutation(RepublishEntries, { input: { entries: [entry.id] } });
    const refused = error === undefined ? data?.republishEntries.userErrors[0]?.message : failureText(error);
    notifications.show({ message: refused ?? text.unpublish.undone(rest.title) });
    const now = await verbs.read();
    if (now !== null) safe.setBase(now);
  };
  return (
    <Suspense fallback={null}>
      {open === 'publish' && (
        <PublishDialog
          entry={entry}
          save={rest.saveAndRecheck}
          publish={async (revision) => {
            const answer = await verbs.publish(revision);
            if (answer.kind === 'done') safe.setBase(answer.entry);
            return answer;
          }}
          problems={rest.problems}
          onCompare={(pair) => {
            close();
            comparing.open(pair);
          }}
          onUndone={() => void verbs.read().then((read) => read !== null && safe.setBase(read))}
          onClose={close}
        />
      )}
      {open === 'unpublish' && (
        <UnpublishDialog
          entry={entry}
          unpublish={async () => {
            const answer = await verbs.unpublish();
            if (answer.kind === 'done') {
              safe.setBase(answer.entry);
              notifications.show(undoNotice(text.unpublish.done(rest.title), () => void republish()));
            }
            return answer;
          }}
          onClose={close}
        />
      )}
      {open === 'trash' && (
        <TrashDialog
          entry={entry}
          title={rest.title}
          kind={rest.list.to === '/pages' ? 'PAGE' : 'THERAPY'}
          settle={safe.autosave}
          onClose={close}
          onTrashed={() => void navigate({ to: rest.list.to, ignoreBlocker: true })}
        />
      )}
      {open === 'discard' && entry.live !== null && (
        <DiscardDialog
          entry={{ ...entry, live: entry.live }}
          draft={draft}
          onDiscard={(then) => {
            if (then === draft) {
              notifications.show({ message: text.discard.same });
              return;
            }
            rest.onDraft(then);
            // What was written since then stays.
            notifications.show(undoNotice(text.discard.done, () => rest.onDraft(rebase(latest.current, then, draft))));
          }}
          onClose={close}
        />
      )}
      {open === 'note' && <NoteDialog onSave={(note) => void safe.save({ note })} onClose={close} />}
      {comparing.pair !== null && open === null && (
        <CompareDialog
          entry={entry}
          pair={comparing.pair}
          onPair={comparing.change}
          kinds={kinds}
          mayWrite={rest.mayWrite}
          onRestoreBlock={(stored, place) => rest.onDraft(withBlockRestored(draft, stored, place))}
          onRestoreAll={(content) =>
            rest.onDraft({
              ...readDocument({ slug: draft.slug, draft: { ...entry.draft, content } }),
              slug: draft.slug,
            })
          }
          onClose={comparing.close}
        />
      )}
      {safe.apart !== null && open !== 'publish' && (
        <ConflictDialog
          apart={safe.apart}
          draft={draft}
          kinds={kinds}
          busy={safe.saving.kind === 'saving'}
          onChoose={async (choices) => {
            const mine = await safe.choose(choices);
            // What was given up is not gone: it can be read, copied from and put back.
            if (mine !== null && choices.some(({ keep }) => keep === 'THEIRS')) rest.onParked(mine);
          }}
          onClose={safe.closeApart}
        />
      )}
    </Suspense>
  );
};

import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { BlockList } from '~/blocks/BlockList';
import type { Kind } from '~/blocks/definition';
import { type Document, isDirty } from '~/blocks/document';
import { Outline } from '~/blocks/Outline';
import type { Path } from '~/blocks/path';
import { blockName } from '~/blocks/summary';
import { useCan } from '~/gql/session';
import { preloadRichText } from '~/richtext/RichText';
import { lazyPart } from '~/ui/lazyPart';
import { useShortcuts } from '~/ui/shortcuts';
import { useTitle } from '~/ui/title';
import { ChecksTab, ProblemList } from './ChecksTab';
import { ConnectionBanner } from './ConnectionBanner';
import { useComparing } from './compare/useComparing';
import { DocumentHead } from './DocumentHead';
import { EditorBar, type EntryListLink } from './EditorBar';
import { EntryDialogs, type OpenDialog } from './EntryDialogs';
import classes from './EntryEditor.module.css';
import { EntryPictures } from './EntryPictures';
import type { Check, Entry, EntryVerbs } from './entry';
import { type EntryForm, EntryFormProvider } from './fields';
import { atBlock, atDocument, inTable, inText } from './keys';
import { LeaveGuard } from './LeaveGuard';
import type { Kept } from './local';
import { useBroadcast } from './preview/useBroadcast';
import { usePreviewing } from './preview/usePreviewing';
import {
  type EntryProblem,
  type Found,
  fieldProblems,
  findingsByBlock,
  fromChecks,
  inWordsOf,
  isWaived,
  mended as mendedBy,
  placeOf,
  stillOpen,
} from './problems';
import { SeoTab } from './SeoTab';
import { type PanelTab, SidePanel } from './SidePanel';
import { text } from './text';
import { useDocument } from './useDocument';
import { useLocalCopy } from './useLocalCopy';
import { usePresence } from './usePresence';
import { useSaving } from './useSaving';

const HistoryTab = lazyPart(async () => (await import('./HistoryTab')).HistoryTab);
const EntryUses = lazyPart(async () => (await import('./EntryUses')).EntryUses);
const Parked = lazyPart(async () => (await import('./Parked')).Parked);
const PreviewPane = lazyPart(async () => (await import('./preview/PreviewPane')).PreviewPane);

const isCheck = ({ severity }: EntryProblem) => severity !== 'refused';

export type EntryEditorProps = {
  entry: Entry;
  /** What an earlier window could not send. */
  kept?: Kept | null;
  kinds: readonly Kind[];
  verbs: EntryVerbs;
  /** What it is called on its buttons: “page”. */
  noun: string;
  list: EntryListLink;
  /** The line under the title. */
  byline: ReactNode;
  /** The fields that only this sort of entry has. */
  details: ReactNode;
};

/** Writing, checking, saving and publishing a page or a therapy. */
export const EntryEditor = ({ entry, kept = null, kinds, verbs, noun, list, byline, details }: EntryEditorProps) => {
  const mayWrite = useCan('WRITE_CONTENT');
  const mayPublish = useCan('PUBLISH');
  const previews = usePreviewing();
  const previewing = previews.beside;
  const comparing = useComparing(list.to, entry.id);
  const small = useMediaQuery('(max-width: 61.99em)', undefined, { getInitialValueInEffect: false }) === true;
  // Beside a preview there is no room for the panel: it lies over the document, as on a small screen.
  const narrow = small || previewing;
  const phone = useMediaQuery('(max-width: 760px)', undefined, { getInitialValueInEffect: false }) === true;

  const nameOf = useRef((key: string) => key);
  const onRefused = useRef<(found: Found) => void>(() => {});
  const work = useDocument(entry, kept, nameOf);
  const { state, dispatch, desk, verbs: blocks } = work;
  const safe = useSaving(kept?.base ?? entry, verbs, state, dispatch, onRefused, mayWrite);
  const { base, saving, refused, save } = safe;
  useLocalCopy(base, state, mayWrite);
  const others = usePresence(entry.id, desk.active ?? null, base.draft.id, () => void safe.catchUp());
  const [parked, setParked] = useState<Document | null>(null);
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const [drawer, setDrawer] = useState<'outline' | 'panel' | null>(null);
  const [tab, setTab] = useState<PanelTab>('checks');
  const [aim, setAim] = useState<{ place: 'document' | 'panel'; path: Path } | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const latest = useRef(base);
  useEffect(() => {
    latest.current = base;
  });

  const draft = state.present;
  const dirty = isDirty(state);
  // An address acts at once, so it waits for the person and is not saved by itself.
  const moved = draft.slug !== state.saved.slug;
  const title = String(draft.fields['title'] ?? '') || text.document.untitled;
  useTitle(title);
  useEffect(preloadRichText, []);
  useEffect(() => {
    if (kept !== null) notifications.show({ message: text.saving.back });
  }, [kept]);

  const checked = useMemo(
    () => inWordsOf(kinds, fromChecks(base.checks, state.saved)),
    [kinds, base.checks, state.saved],
  );
  const founds = useMemo(
    () => (refused === null ? [checked] : [inWordsOf(kinds, refused), checked]),
    [kinds, refused, checked],
  );
  const findings = useMemo(() => findingsByBlock(founds), [founds]);
  const open = founds.map((found) => stillOpen(found, draft));
  // Nothing is left to mend of what was refused: it only waits to be saved again.
  const mended = saving.kind === 'refused' && open.every(({ problems }) => problems.every(isCheck));
  const count = open.reduce((sum, { problems }) => sum + problems.filter((each) => !isWaived(each)).length, 0);

  useEffect(() => {
    nameOf.current = (key) => {
      const block = draft.blocks.find((each) => each.key === key);
      return block === undefined ? '' : blockName(kinds, block);
    };
    onRefused.current = ({ problems }) => {
      const [first] = problems;
      if (first !== undefined) show(first);
    };
  });

  const show = (problem: EntryProblem) => {
    setDialog(null);
    const place = placeOf(problem.path);
    if (problem.block !== null) {
      setDrawer(null);
      if (mayWrite) blocks.open(problem.block, problem.path);
      else blocks.reveal(problem.block);
    } else if (place === 'document') {
      setDrawer(null);
      setAim({ place: 'document', path: problem.path });
    } else {
      setTab(place);
      if (narrow) setDrawer('panel');
      setAim({ place: 'panel', path: problem.path });
    }
  };

  /** The checks anew: they hang on more than the document, such as what is said of a picture. */
  const recheck = async () => {
    const now = await verbs.read();
    if (now !== null && now.draft.id === latest.current.draft.id) safe.setBase(now);
  };
  const saveAndRecheck = async () => {
    const saved = await save();
    if (saved !== null) {
      latest.current = saved;
      await recheck();
    }
    return saved;
  };
  const saveNow = () => void save();
  useEffect(() => {
    if (!mayWrite) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== 's')
        return;
      event.preventDefault();
      if (document.querySelector('[role="dialog"]') === null) void save();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [mayWrite, save]);

  /** The place of the block somebody is at, or was at last; -1 when there is none. */
  const here = () => {
    const held = document.activeElement?.closest<HTMLElement>('[data-block]')?.dataset['block'];
    const key = held ?? desk.active ?? desk.aim?.key;
    return draft.blocks.findIndex((block) => block.key === key);
  };
  const step = (by: 1 | -1) => {
    const place = here();
    const next = draft.blocks[place === -1 ? 0 : place + by];
    if (next !== undefined) blocks.reveal(next.key);
  };
  const addHere = () => {
    const place = here();
    blocks.add(place === -1 ? draft.blocks.length : place + 1);
  };
  useShortcuts(text.shortcuts.title, [
    { key: 'j', label: text.shortcuts.next, run: () => step(1) },
    { key: 'k', label: text.shortcuts.previous, run: () => step(-1) },
    ...(mayWrite ? [{ key: '/', label: text.shortcuts.add, run: addHere }] : []),
  ]);
  useShortcuts(text.shortcuts.title, mayWrite ? atDocument : []);
  useShortcuts(text.shortcuts.atBlock, mayWrite ? atBlock : []);
  useShortcuts(text.shortcuts.inText, mayWrite ? inText : []);
  useShortcuts(text.shortcuts.inTable, mayWrite ? inTable : []);

  const { fields, slug } = draft;
  const problems = useMemo(
    () => fieldProblems(founds, { ...state.saved, fields, slug }),
    [founds, state.saved, fields, slug],
  );
  const form = useMemo<EntryForm>(
    () => ({
      entry: base,
      fields,
      slug,
      problems,
      readOnly: !mayWrite,
      set: (path, value) => dispatch({ type: 'field', path, value, at: Date.now() }),
      setSlug: (value) => dispatch({ type: 'slug', value, at: Date.now() }),
    }),
    [base, fields, slug, problems, mayWrite, dispatch],
  );

  const mending = mayWrite
    ? {
        entryId: base.id,
        onFix: (fix: NonNullable<Check['fix']>, then: Document) =>
          dispatch({ type: 'replace', document: mendedBy(fix, then, draft) }),
        onWaived: (check: Check) =>
          safe.setBase({
            ...base,
            checks: base.checks.map((each) => (each.fingerprint === check.fingerprint ? check : each)),
          }),
      }
    : undefined;

  useBroadcast(entry.id, { draft, active: desk.active ?? desk.aim?.key ?? null }, (key) => {
    if (document.querySelector('[role="dialog"]') !== null) return;
    window.focus();
    if (mayWrite) blocks.open(key);
    else blocks.reveal(key);
  });

  const outline = (
    <Outline
      blocks={draft.blocks}
      kinds={kinds}
      findings={findings}
      desk={desk}
      verbs={blocks}
      readOnly={!mayWrite}
      titled={!phone}
      onPick={
        phone
          ? (key) => {
              setDrawer(null);
              setTimeout(() => blocks.reveal(key), 200);
            }
          : undefined
      }
    />
  );
  const previewPane = (
    <Suspense fallback={null}>
      <PreviewPane
        entry={base}
        list={list.to}
        draft={draft}
        active={desk.active ?? desk.aim?.key ?? null}
        mayShare={mayWrite}
        preview={verbs.preview}
        onPick={(key) => {
          if (small) previews.close();
          setTimeout(() => (mayWrite ? blocks.open(key) : blocks.reveal(key)), small ? 200 : 0);
        }}
        onPoppedOut={small ? undefined : previews.moveTo}
        onClose={previews.close}
      />
    </Suspense>
  );
  const panel = (
    <SidePanel
      tab={tab}
      onTab={setTab}
      count={count}
      aim={aim?.place === 'panel' ? aim : null}
      checks={<ChecksTab founds={open} document={draft} kinds={kinds} dirty={dirty} mending={mending} onShow={show} />}
      details={details}
      uses={
        <Suspense fallback={null}>
          <EntryUses id={base.id} />
        </Suspense>
      }
      seo={<SeoTab path={base.path} />}
      history={
        <Suspense fallback={null}>
          <HistoryTab entry={base} list={list.to} />
        </Suspense>
      }
    />
  );

  return (
    <EntryFormProvider value={form}>
      <EntryPictures onDescribed={() => void recheck()}>
        <div className={classes['editor']}>
          <EditorBar
            entry={base}
            title={title}
            noun={noun}
            list={list}
            saving={mended ? { kind: 'changed' } : saving}
            dirty={safe.unversioned}
            others={others}
            nameOf={(key) => nameOf.current(key)}
            onColleague={(key) => blocks.reveal(key)}
            mayWrite={mayWrite}
            mayPublish={mayPublish}
            canUndo={state.past.length > 0}
            canRedo={state.future.length > 0}
            problems={count}
            onOutline={phone ? () => setDrawer('outline') : undefined}
            onPanel={narrow ? () => setDrawer('panel') : undefined}
            previewing={previewing}
            onPreview={previews.toggle}
            onUndo={work.undo}
            onRedo={work.redo}
            onSave={saveNow}
            onSaveWithNote={() => setDialog('note')}
            onPublish={() => setDialog('publish')}
            onDiscard={() => setDialog('discard')}
            onUnpublish={() => setDialog('unpublish')}
            onTrash={() => setDialog('trash')}
          />
          <div
            className={classes['panes']}
            data-preview={(previewing && !small) || undefined}
            ref={phone ? scroller : undefined}
          >
            {!phone && <div className={classes['outline']}>{outline}</div>}
            <div className={classes['document']} ref={phone ? undefined : scroller}>
              <div className={classes['column']}>
                {!mayWrite && <p className={classes['readOnly']}>{text.readOnly}</p>}
                <ConnectionBanner saving={saving} onRetry={() => void safe.autosave()} />
                {parked !== null && (
                  <Suspense fallback={null}>
                    <Parked
                      mine={parked}
                      kinds={kinds}
                      onPutBack={() => {
                        dispatch({ type: 'replace', document: parked });
                        setParked(null);
                      }}
                      onDrop={() => setParked(null)}
                    />
                  </Suspense>
                )}
                <DocumentHead byline={byline} aim={aim?.place === 'document' ? aim : null} />
                <BlockList
                  blocks={draft.blocks}
                  kinds={kinds}
                  findings={findings}
                  desk={desk}
                  others={others}
                  verbs={blocks}
                  readOnly={!mayWrite}
                  scroller={scroller}
                />
              </div>
            </div>
            {previewing && !small && previewPane}
            {!narrow && (
              <aside className={classes['side']} aria-label={text.tabs.label}>
                {panel}
              </aside>
            )}
          </div>
        </div>
        <Drawer
          opened={previewing && small}
          onClose={previews.close}
          withCloseButton={false}
          position="right"
          size="100%"
          padding={0}
          attributes={{ content: { 'aria-label': text.bar.preview } }}
          styles={{ body: { height: '100%' } }}
        >
          {previewPane}
        </Drawer>
        <Drawer
          opened={drawer === 'outline' && phone}
          onClose={() => setDrawer(null)}
          title={text.bar.outline}
          size={300}
          padding="xs"
        >
          {outline}
        </Drawer>
        <Drawer
          opened={drawer === 'panel' && narrow}
          onClose={() => setDrawer(null)}
          title={text.tabs.label}
          position="right"
          size={380}
          padding={0}
          classNames={{ header: classes['drawerHead'] ?? '' }}
        >
          {panel}
        </Drawer>
        <EntryDialogs
          open={dialog}
          onOpen={setDialog}
          comparing={comparing}
          entry={base}
          title={title}
          list={list}
          kinds={kinds}
          verbs={verbs}
          safe={safe}
          draft={draft}
          onDraft={(document) => dispatch({ type: 'replace', document })}
          saveAndRecheck={saveAndRecheck}
          problems={<ProblemList founds={[checked]} document={draft} kinds={kinds} onShow={show} />}
          mayWrite={mayWrite}
          onParked={setParked}
        />
        <LeaveGuard
          stuck={dirty && mayWrite && (moved || saving.kind === 'refused' || saving.kind === 'conflict')}
          why={moved ? text.leave.moved(draft.slug) : text.leave.body}
          unsent={dirty && mayWrite}
          parked={parked !== null}
          save={save}
          send={safe.sendPending}
        />
      </EntryPictures>
    </EntryFormProvider>
  );
};

import { Button, Modal, NativeSelect } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useClient } from 'urql';
import type { Kind } from '~/blocks/definition';
import { failureText } from '~/gql/client';
import { Chip, type Tone } from '~/ui/Chip';
import { EmptyState, ErrorState } from '~/ui/states';
import type { Entry } from '../entry';
import { RevisionContentQuery } from '../queries';
import type { Pair } from './address';
import classes from './CompareDialog.module.css';
import { CopyLink } from './CopyLink';
import { text } from './text';
import { useComparison } from './useComparison';

type Run = { kind: 'KEPT' | 'ADDED' | 'REMOVED'; text: string };
type Change = 'ADDED' | 'REMOVED' | 'CHANGED' | 'MOVED';

const time = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const tones: Record<Change, Tone> = { ADDED: 'ok', REMOVED: 'bad', CHANGED: 'warn', MOVED: 'neutral' };

/** `["questions", "dosage", "answer"]` as a person reads it: “Questions › dosage › answer”. */
const fieldName = (path: readonly string[]) =>
  path
    .map((part) => part.replace(/([A-Z])/g, ' $1').toLowerCase())
    .join(' › ')
    .replace(/^./, (first) => first.toUpperCase());

/** What became of some words; said in words as well for those who do not see colours. */
const Words = ({ runs }: { runs: readonly Run[] }) => (
  <>
    {runs.map(({ kind, text: words }, place) => {
      // biome-ignore lint/suspicious/noArrayIndexKey: runs are replaced as a whole.
      if (kind === 'ADDED') return <ins key={place}>{words}</ins>;
      // biome-ignore lint/suspicious/noArrayIndexKey: see above.
      if (kind === 'REMOVED') return <del key={place}>{words}</del>;
      // biome-ignore lint/suspicious/noArrayIndexKey: see above.
      return <span key={place}>{words}</span>;
    })}
  </>
);

/** Any two versions side by side in time: blocks, then fields, then words; what was lost can be brought back. */
export const CompareDialog = ({
  entry,
  pair,
  onPair,
  kinds,
  mayWrite,
  onRestoreBlock,
  onRestoreAll,
  onClose,
}: {
  entry: Entry;
  pair: Pair;
  onPair: (pair: Pair) => void;
  kinds: readonly Kind[];
  mayWrite: boolean;
  onRestoreBlock: (stored: unknown, place: number) => void;
  onRestoreAll: (content: unknown) => void;
  onClose: () => void;
}) => {
  const phone = useMediaQuery('(max-width: 760px)', undefined, { getInitialValueInEffect: false }) === true;
  const client = useClient();
  const list = useRef<HTMLUListElement>(null);
  const { from, to } = pair;
  const [said, setSaid] = useState('');
  const { comparison, versions, retry } = useComparison(entry, pair);
  const compared = comparison.kind === 'compared' ? comparison.compared : null;
  const options = versions.map(({ id, number, author, createdAt }) => ({
    value: id,
    label: text.version(number, author?.name ?? null, time.format(new Date(createdAt))),
  }));
  // What is asked for by its address is not known before the answer is there.
  const withNamed = (id: string) =>
    options.some(({ value }) => value === id) ? options : [{ value: id, label: text.loading }, ...options];
  const count = (change: Change) => compared?.blocks.filter((block) => block.change === change).length ?? 0;

  const change = (next: Pair) => {
    setSaid('');
    onPair(next);
  };
  const step = (by: 1 | -1) => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[data-change]') ?? [])];
    const here = items.indexOf(document.activeElement?.closest<HTMLElement>('[data-change]') as HTMLElement);
    const there = items[here === -1 ? (by === 1 ? 0 : items.length - 1) : here + by];
    there?.focus();
    there?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || (event.target as Element).closest('select, input') !== null)
      return;
    if (event.key === 'n') step(1);
    else if (event.key === 'p') step(-1);
  };
  const restoreAll = async () => {
    const answer = await client.query(RevisionContentQuery, { id: from });
    const found = answer.data?.node;
    if (found?.__typename !== 'Revision') {
      setSaid(answer.error ? failureText(answer.error) : text.failed);
      return;
    }
    onRestoreAll(found.content);
    onClose();
  };

  return (
    <Modal opened onClose={onClose} title={text.title} size={920} fullScreen={phone} onKeyDown={onKeyDown}>
      {comparison.kind === 'unknown' ? (
        <div role="status">
          <EmptyState title={text.unknown.title}>{text.unknown.body}</EmptyState>
        </div>
      ) : (
        <div className={classes['head']}>
          <NativeSelect
            label={text.from}
            value={from}
            data={withNamed(from)}
            onChange={({ currentTarget }) => change({ from: currentTarget.value, to })}
          />
          <NativeSelect
            label={text.to}
            value={to}
            data={withNamed(to)}
            onChange={({ currentTarget }) => change({ from, to: currentTarget.value })}
          />
        </div>
      )}
      {comparison.kind === 'failed' && (
        <ErrorState title={text.failed} onRetry={retry}>
          {comparison.message}
        </ErrorState>
      )}
      {(comparison.kind === 'comparing' || comparison.kind === 'compared') && (
        <p role="status" className={classes['summary']}>
          {said !== ''
            ? said
            : compared === null
              ? text.loading
              : compared.blocks.length + compared.fields.length === 0
                ? text.same
                : text.summary({
                    added: count('ADDED'),
                    removed: count('REMOVED'),
                    changed: count('CHANGED'),
                    moved: count('MOVED'),
                    fields: compared.fields.length,
                  })}
        </p>
      )}
      <ul ref={list} className={classes['changes']}>
        {compared?.fields.map(({ path, words }) => (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: one goes from change to change by keyboard.
          <li key={path.join('.')} className={classes['change']} data-change tabIndex={0}>
            <dl className={classes['field']}>
              <dt>{fieldName(path)}</dt>
              <dd>
                <Words runs={words} />
              </dd>
            </dl>
          </li>
        ))}
        {compared?.blocks.map((block) => {
          const title = kinds.find(({ kind }) => kind === block.blockKind)?.title ?? block.blockKind;
          const name = block.summary === '' ? title : `${title}: ${block.summary}`;
          return (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
            <li key={block.key} className={classes['change']} data-change tabIndex={0}>
              <div className={classes['title']}>
                <Chip tone={tones[block.change]}>{text.change[block.change]}</Chip>
                <b className="clip">{name}</b>
                {(block.moved || block.change === 'MOVED') && block.before !== null && block.after !== null && (
                  <span className="muted num">{text.movedFrom(block.before, block.after)}</span>
                )}
                {mayWrite && block.old !== null && (block.change === 'REMOVED' || block.change === 'CHANGED') && (
                  <Button
                    variant="default"
                    size="compact-sm"
                    aria-label={text.restoreBlockOf(name)}
                    onClick={() => {
                      onRestoreBlock(block.old, (block.before ?? 1) - 1);
                      setSaid(text.restored);
                    }}
                  >
                    {text.restoreBlock}
                  </Button>
                )}
              </div>
              {block.fields.map(({ path, words }) => (
                <dl key={path.join('.')} className={classes['field']}>
                  <dt>{fieldName(path)}</dt>
                  <dd>
                    <Words runs={words} />
                  </dd>
                </dl>
              ))}
            </li>
          );
        })}
      </ul>
      <div className={classes['foot']}>
        {compared !== null && <p>{text.keys}</p>}
        {comparison.kind !== 'unknown' && <CopyLink onFailed={() => setSaid(text.copyFailed)} />}
        <Button variant="default" onClick={onClose}>
          {text.close}
        </Button>
        {mayWrite && compared !== null && (
          <Button onClick={() => void restoreAll()}>{text.restoreAll(compared.from.number)}</Button>
        )}
      </div>
    </Modal>
  );
};

import { Button, Modal, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { readBlock, type Values } from '~/blocks/block';
import type { Field, Kind } from '~/blocks/definition';
import type { Document } from '~/blocks/document';
import { allWords, summaryOf } from '~/blocks/summary';
import { relativeTime, useNow } from '~/ui/RelativeTime';
import classes from './ConflictDialog.module.css';
import dialog from './dialog.module.css';
import type { Conflict } from './entry';
import { text } from './text';
import type { Apart, Choice } from './useSaving';

type Side = Choice['keep'];

const nameOf = ({ block, path }: Conflict) => `${block ?? ''}:${path.join('.')}`;

/** What one side says at a place, in words. */
const wordsOf = (value: unknown, kind: Kind | undefined, path: readonly string[]): string => {
  if (value === null || value === undefined) return text.conflict.gone;
  if (kind !== undefined && path.length === 0) {
    const block = readBlock(value);
    return block === null ? '' : allWords(kind.fields, block.values);
  }
  const field = kind?.fields.find(({ name }) => name === path[0]);
  if (field !== undefined) return allWords([field], { [field.name]: value });
  if (path[0] === 'blocks') return text.conflict.order;
  return typeof value === 'string' ? value : Array.isArray(value) ? value.join(', ') : JSON.stringify(value);
};

const placeOf = ({ block, path }: Conflict, draft: Document, kinds: readonly Kind[]) => {
  const found = draft.blocks.find(({ key }) => key === block);
  const kind = kinds.find((each) => each.kind === found?.kind);
  const field: Field | undefined = kind?.fields.find(({ name }) => name === path[0]);
  const where = [kind?.title, kind && found ? summaryOf(kind, found.values as Values) : '', field?.label];
  return block === null ? text.conflict.field(path) : where.filter(Boolean).join(' · ');
};

/** Somebody else wrote in the same places. For each, the person says whose stays; nothing is lost either way. */
export const ConflictDialog = ({
  apart,
  draft,
  kinds,
  busy,
  onChoose,
  onClose,
}: {
  apart: Apart;
  draft: Document;
  kinds: readonly Kind[];
  busy: boolean;
  onChoose: (choices: Choice[]) => Promise<void>;
  onClose: () => void;
}) => {
  const now = useNow();
  const { conflicts, theirs } = apart;
  const [chosen, setChosen] = useState<Record<string, Side>>({});
  const sideOf = (conflict: Conflict): Side => chosen[nameOf(conflict)] ?? 'YOURS';
  const who = theirs.draft.author?.name ?? text.conflict.somebody;
  const all = (keep: Side) => setChosen(Object.fromEntries(conflicts.map((each) => [nameOf(each), keep])));
  return (
    <Modal opened onClose={onClose} title={text.conflict.title(who)} size={720}>
      <div className={dialog['dialog']}>
        <p>{text.conflict.body(who, relativeTime(theirs.draft.createdAt, now), conflicts.length)}</p>
        <ol className={classes['places']}>
          {conflicts.map((conflict) => {
            const kind = kinds.find(({ kind }) => kind === kindOf(conflict, draft));
            const place = placeOf(conflict, draft, kinds);
            return (
              <li key={nameOf(conflict)} className={classes['place']}>
                <h3>{place}</h3>
                <div className={classes['sides']}>
                  {(['YOURS', 'THEIRS'] as const).map((side) => (
                    <div key={side} className={classes['side']} data-chosen={sideOf(conflict) === side || undefined}>
                      <b>{side === 'YOURS' ? text.conflict.mine : who}</b>
                      <p>{wordsOf(side === 'YOURS' ? conflict.yours : conflict.theirs, kind, conflict.path)}</p>
                    </div>
                  ))}
                </div>
                <SegmentedControl
                  aria-label={text.conflict.choose(place)}
                  value={sideOf(conflict)}
                  onChange={(side) => setChosen((before) => ({ ...before, [nameOf(conflict)]: side as Side }))}
                  data={[
                    { value: 'YOURS', label: text.conflict.keepMine },
                    { value: 'THEIRS', label: text.conflict.keepTheirs(who) },
                  ]}
                />
              </li>
            );
          })}
        </ol>
        <p className={classes['help']}>{text.conflict.help}</p>
        <div className={dialog['actions']}>
          <Button variant="subtle" onClick={onClose}>
            {text.conflict.later}
          </Button>
          {conflicts.length > 1 && (
            <Button variant="default" onClick={() => all('THEIRS')}>
              {text.conflict.allTheirs}
            </Button>
          )}
          <Button
            loading={busy}
            data-autofocus
            onClick={() =>
              void onChoose(conflicts.map((each) => ({ block: each.block, path: each.path, keep: sideOf(each) })))
            }
          >
            {text.conflict.save}
          </Button>
        </div>
      </div>
    </Modal>
  );
};

/** The sort of block a place lies in, from whichever side still has it. */
const kindOf = ({ block, theirs, yours, base }: Conflict, draft: Document): string | undefined => {
  const here = draft.blocks.find(({ key }) => key === block)?.kind;
  return here ?? [yours, theirs, base].map(readBlock).find((each) => each !== null)?.kind;
};

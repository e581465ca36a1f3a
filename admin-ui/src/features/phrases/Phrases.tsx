import { useState } from 'react';
import { useQuery } from 'urql';
import { LeaveGuard } from '~/features/entries/LeaveGuard';
import { failureText } from '~/gql/client';
import { useCan } from '~/gql/session';
import { Bar } from '~/ui/Bar';
import { EmptyState, ErrorState, Loading, SkeletonRows } from '~/ui/states';
import { useTitle } from '~/ui/title';
import { PhraseEditor } from './PhraseEditor';
import classes from './Phrases.module.css';
import { type PhraseKind, type PhraseList, PhrasesQuery } from './queries';
import { text } from './text';

const fresh = { requestPolicy: 'network-only' } as const;

/** What is looked for in what visitors write. */
export const Phrases = () => {
  useTitle(text.title);
  const may = useCan('MANAGE_SETTINGS');
  return (
    <>
      <Bar title={text.title} />
      {may ? <ReadPhrases /> : <EmptyState title={text.forbidden.title}>{text.forbidden.body}</EmptyState>}
    </>
  );
};

const ReadPhrases = () => {
  const [{ data, error }, retry] = useQuery({ query: PhrasesQuery, ...fresh });
  if (data !== undefined) return <Lists read={data.leadPhrases} />;
  if (error === undefined) {
    return (
      <Loading>
        <SkeletonRows rows={8} />
      </Loading>
    );
  }
  return (
    <ErrorState title={text.failed} onRetry={() => retry(fresh)}>
      {failureText(error)}
    </ErrorState>
  );
};

const Lists = ({ read }: { read: PhraseList[] }) => {
  const [dirty, setDirty] = useState<ReadonlyMap<PhraseKind, () => Promise<unknown>>>(new Map());
  const note = (kind: PhraseKind, save: (() => Promise<unknown>) | null) =>
    setDirty((all) => {
      const now = new Map(all);
      if (save === null) now.delete(kind);
      else now.set(kind, save);
      return now;
    });
  const saveAll = async () => {
    const saved = [];
    for (const save of dirty.values()) saved.push(await save());
    return saved.includes(null) ? null : saved;
  };
  return (
    <div className={classes['page']}>
      {read.map((list) => (
        <PhraseEditor key={list.kind} list={list} onDirty={note} />
      ))}
      <LeaveGuard stuck={dirty.size > 0} unsent={false} parked={false} why={text.unsaved} save={saveAll} />
    </div>
  );
};

import { Button, Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type CombinedError, useQuery } from 'urql';
import { readKind } from '~/blocks/definition';
import { failureText } from '~/gql/client';
import { EmptyState, ErrorState, Loading } from '~/ui/states';
import { TargetsProvider } from '~/ui/targets';
import { EntryEditor, type EntryEditorProps } from './EntryEditor';
import classes from './EntryEditor.module.css';
import type { Entry } from './entry';
import { BlockKindsQuery } from './queries';
import skeleton from './skeleton.module.css';
import { text } from './text';
import { useKept } from './useLocalCopy';
import { useTargetStore } from './useTargetStore';

type Props = Omit<EntryEditorProps, 'entry' | 'kept' | 'kinds'> & {
  /** Undefined until it is known, null when there is none. */
  entry: Entry | null | undefined;
  error: CombinedError | undefined;
  onRetry: () => void;
};

/** The editor once the entry and the kinds of blocks are there, and what is shown until then. */
export const EntryScreen = ({ entry, error, onRetry, ...editor }: Props) => {
  const store = useTargetStore();
  const [kinds, retryKinds] = useQuery({ query: BlockKindsQuery, requestPolicy: 'cache-first' });
  const raw = kinds.data?.blockKinds;
  const known = useMemo(() => raw?.map(readKind), [raw]);

  const kept = useKept(entry?.id);
  const failure = (entry === undefined ? error : undefined) ?? (known === undefined ? kinds.error : undefined);
  if (failure !== undefined) {
    return (
      <ErrorState
        title={text.failed}
        onRetry={() => {
          onRetry();
          retryKinds({ requestPolicy: 'network-only' });
        }}
      >
        {failureText(failure)}
      </ErrorState>
    );
  }
  if (entry === null) {
    return (
      <EmptyState
        title={text.missing.title}
        action={
          <Button variant="default" component={Link} to={editor.list.to}>
            {editor.list.label}
          </Button>
        }
      >
        {text.missing.body}
      </EmptyState>
    );
  }
  if (entry === undefined || known === undefined || kept === undefined) {
    return (
      <Loading label={text.loading}>
        <Shape />
      </Loading>
    );
  }
  return (
    <TargetsProvider value={store}>
      <EntryEditor {...editor} entry={entry} kept={kept} kinds={known} />
    </TargetsProvider>
  );
};

const lines = [62, 88, 74, 81, 56, 90, 67, 78];

const Shape = () => (
  <div className={classes['editor']}>
    <div className={skeleton['bar']}>
      <Skeleton height={16} width={280} />
      <Skeleton height={32} width={140} />
    </div>
    <div className={classes['panes']}>
      <div className={`${classes['outline']} ${skeleton['beside']}`}>
        {lines.map((width) => (
          <Skeleton key={width} height={10} width={`${width}%`} />
        ))}
      </div>
      <div className={classes['document']}>
        <div className={`${classes['column']} ${skeleton['text']}`}>
          <Skeleton height={32} width="80%" />
          <Skeleton height={12} width="44%" />
          {lines.map((width) => (
            <Skeleton key={width} height={14} width={`${width + 8}%`} />
          ))}
        </div>
      </div>
      <div className={`${classes['side']} ${skeleton['beside']}`} />
    </div>
  </div>
);

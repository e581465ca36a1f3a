import { NativeSelect } from '@mantine/core';
import { BlockForm } from '../BlockForm';
import { newKey, readBlock, writeBlock } from '../block';
import type { FieldOf } from '../definition';
import { problemsWithin } from '../problems';
import { text } from '../text';
import { BlockFormProvider, useBlockForm } from './context';
import type { ControlProps } from './control';
import classes from './form.module.css';

/** A whole block in a field: first of which kind, then its own form. */
export const BlockField = ({ field, path, value, error, onChange }: ControlProps<FieldOf<'block'>>) => {
  const { kinds = [], problems, set } = useBlockForm();
  const block = readBlock(value);
  const kind = kinds.find((each) => each.kind === block?.kind);
  const within = block === null ? [] : [...path, block.kind];
  return (
    <div className={classes['fields']}>
      <NativeSelect
        label={field.label}
        description={kind?.description ?? (field.help || undefined)}
        error={error}
        value={block?.kind ?? ''}
        data={[
          ...(block === null ? [{ value: '', label: text.block.choose }] : []),
          ...kinds
            .filter(({ belongsToItsPage }) => !belongsToItsPage)
            .map((each) => ({ value: each.kind, label: each.title })),
        ]}
        onChange={({ currentTarget }) => {
          const chosen = kinds.find((each) => each.kind === currentTarget.value);
          if (chosen === undefined) return;
          onChange(writeBlock({ kind: chosen.kind, key: block?.key ?? newKey(), values: chosen.empty }));
        }}
      />
      {block !== null && kind !== undefined && (
        <div className={classes['group']}>
          <BlockFormProvider
            value={{
              problems: problemsWithin(problems, within).map((problem) => ({
                ...problem,
                path: problem.path.slice(within.length),
              })),
              wanted: null,
              set: (inner, next) => set([...within, ...inner], next),
            }}
          >
            <BlockForm kind={kind} values={block.values} />
          </BlockFormProvider>
        </div>
      )}
    </div>
  );
};

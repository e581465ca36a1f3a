import { useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { BlockForm } from '~/blocks/BlockForm';
import type { Values } from '~/blocks/block';
import { readKind } from '~/blocks/definition';
import { BlockFormProvider } from '~/blocks/form/context';
import { type Path, withValue } from '~/blocks/path';
import type { Problem } from '~/blocks/problems';
import { BlockKindsQuery } from '~/features/entries/queries';
import type { FactKindInfo } from './kinds';

/** The fields of a fact, drawn from its kind's schema as a block's are. */
export const FactForm = ({
  kind,
  values,
  problems,
  onChange,
}: {
  kind: FactKindInfo;
  values: Values;
  problems: readonly Problem[];
  onChange: (values: Values) => void;
}) => {
  const kinds = useBlockKinds(kind);
  return (
    <BlockFormProvider
      value={{
        problems,
        kinds,
        wanted: null,
        set: (path, value) => onChange(withValue(values, path, value) as Values),
      }}
    >
      <BlockForm kind={kind.form} values={values} />
    </BlockFormProvider>
  );
};

/** Only a fact that holds a block needs to know of blocks. */
const useBlockKinds = ({ form }: FactKindInfo) => {
  const pause = !form.fields.some(({ widget }) => widget === 'block');
  const [{ data }] = useQuery({ query: BlockKindsQuery, requestPolicy: 'cache-first', pause });
  const raw = data?.blockKinds;
  return useMemo(() => raw?.map(readKind), [raw]);
};

/** What is typed, what was read, and what the server found wrong with it. */
export const useFactFields = (start: Values) => {
  const [read, setRead] = useState(start);
  const [values, setValues] = useState(start);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  return {
    values,
    problems,
    dirty: values !== read,
    /** What is written over is no longer what the server found wrong. */
    change: (next: Values) => {
      setProblems(problems.filter(({ path: [field] }) => values[String(field)] === next[String(field)]));
      setValues(next);
    },
    refuse: setProblems,
    begin: (from: Values) => {
      setRead(from);
      setValues(from);
      setProblems([]);
    },
  };
};

/** Brings whoever is to mend something to the first field that says so. */
export const focusFirstProblem = (form: HTMLElement | null, [first]: readonly { path: Path }[]) => {
  requestAnimationFrame(() => {
    const field = [...(form?.querySelectorAll<HTMLElement>('[data-path]') ?? [])].find(
      ({ dataset }) => dataset['path'] === String(first?.path[0] ?? ''),
    );
    field?.querySelector<HTMLElement>('input, textarea, select, [role="textbox"], button')?.focus();
    field?.scrollIntoView({ block: 'center' });
  });
};

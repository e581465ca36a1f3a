import { TextInput } from '@mantine/core';
import { createContext, type ReactNode, useContext } from 'react';
import type { Values } from '~/blocks/block';
import { ProblemNote } from '~/blocks/ProblemNote';
import { nearest, type Path, pathName } from '~/blocks/path';
import { type Problem, problemsWithin } from '~/blocks/problems';
import { TextArea } from '~/ui/TextArea';
import type { Entry } from './entry';

/** The fields beside the blocks, as every part of the editor reads and writes them. */
export type EntryForm = {
  /** As the server has it. */
  entry: Entry;
  slug: string;
  fields: Values;
  problems: readonly Problem[];
  readOnly: boolean;
  set: (path: Path, value: unknown) => void;
  setSlug: (value: string) => void;
};

const Context = createContext<EntryForm | null>(null);

export const EntryFormProvider = Context.Provider;

export const useEntryForm = (): EntryForm => {
  const form = useContext(Context);
  if (form === null) throw new Error('There is no EntryFormProvider above.');
  return form;
};

/** One field: what it holds, what is wrong with it, and how to write it. */
export const useEntryField = (path: Path) => {
  const { fields, slug, problems, set, setSlug } = useEntryForm();
  const isSlug = path[0] === 'slug';
  const found = problemsWithin(problems, path);
  const errors = found.filter(({ severity }) => severity !== 'warns').map(({ message }) => message);
  return {
    value: isSlug ? slug : nearest(fields, path),
    error: errors.length === 0 ? undefined : errors.join(' '),
    warnings: found.filter(({ severity }) => severity === 'warns').map(({ message }) => message),
    onChange: (value: unknown) => (isSlug ? setSlug(String(value)) : set(path, value)),
  };
};

/** Marks where a field is, so that a problem can lead to it, and shows what is worth a look. */
export const EntryField = ({ path, children }: { path: Path; children: ReactNode }) => {
  const { warnings } = useEntryField(path);
  return (
    <div data-path={pathName(path)}>
      {children}
      {warnings.map((message) => (
        <ProblemNote key={message} severity="warns">
          {message}
        </ProblemNote>
      ))}
    </div>
  );
};

type TextProps = { path: Path; label: string; help?: ReactNode };

const shown = (value: unknown): string => (typeof value === 'string' ? value : '');
const belowInput: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error'];

export const EntryLine = ({ path, label, help }: TextProps) => {
  const { value, error, onChange } = useEntryField(path);
  return (
    <EntryField path={path}>
      <TextInput
        label={label}
        description={help}
        inputWrapperOrder={belowInput}
        error={error}
        value={shown(value)}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </EntryField>
  );
};

export const EntryText = ({ path, label, help }: TextProps) => {
  const { value, error, onChange } = useEntryField(path);
  return (
    <EntryField path={path}>
      <TextArea label={label} description={help} helpBelow error={error} value={shown(value)} onChange={onChange} />
    </EntryField>
  );
};

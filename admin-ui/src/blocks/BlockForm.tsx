import type { Values } from './block';
import { type Kind, onlyText } from './definition';
import { useBlockForm } from './form/context';
import { FieldControl, FieldSet } from './form/FieldControl';
import { ProblemNote } from './ProblemNote';
import type { Problem } from './problems';
import { TableForm } from './table/TableForm';

/** What is said of the block as a whole, or of something no field of it stands for. */
const unplaced = (kind: Kind, problems: readonly Problem[]) =>
  problems.filter(({ path: [first] }) => !kind.fields.some(({ name }) => name === first));

/** The form of a block of any kind, drawn from the kind's definition. */
export const BlockForm = ({ kind, values }: { kind: Kind; values: Values }) => {
  const { problems } = useBlockForm();
  const text = onlyText(kind);
  return (
    <>
      {text !== null ? (
        <FieldControl field={text} path={[text.name]} value={values[text.name]} bare />
      ) : kind.layout === 'table' ? (
        <TableForm fields={kind.fields} values={values} />
      ) : (
        <FieldSet fields={kind.fields} path={[]} values={values} />
      )}
      {unplaced(kind, problems).map(({ severity, message }) => (
        <ProblemNote key={message} severity={severity}>
          {message}
        </ProblemNote>
      ))}
    </>
  );
};

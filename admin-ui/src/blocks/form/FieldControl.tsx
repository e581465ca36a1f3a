import type { ReactNode } from 'react';
import type { Point } from '~/richtext/point';
import { type Field, freshValue } from '../definition';
import { ProblemNote } from '../ProblemNote';
import { type Path, pathName } from '../path';
import { type Problem, problemsAt, problemsWithin } from '../problems';
import { text } from '../text';
import { BlockField } from './BlockField';
import { ChoicesField, SelectField, SwitchField } from './ChoiceFields';
import { useBlockForm } from './context';
import type { ControlProps } from './control';
import { FormField } from './FormField';
import classes from './form.module.css';
import { LinkField } from './LinkField';
import { ListField } from './ListField';
import { MediaField } from './MediaField';
import { ReferenceField, ReferencesField } from './ReferenceFields';
import { RichTextField } from './RichTextField';
import { DateField, IntegerField, LineField, NumberField, TextField } from './TextFields';
import { TimeField, TimeZoneField } from './TimeFields';

const control = (field: Field, props: Omit<ControlProps, 'field'>): ReactNode => {
  switch (field.widget) {
    case 'line':
      return <LineField {...props} field={field} />;
    case 'text':
      return <TextField {...props} field={field} />;
    case 'date':
      return <DateField {...props} field={field} />;
    case 'integer':
      return <IntegerField {...props} field={field} />;
    case 'number':
      return <NumberField {...props} field={field} />;
    case 'time':
      return <TimeField {...props} field={field} />;
    case 'timeZone':
      return <TimeZoneField {...props} field={field} />;
    case 'switch':
      return <SwitchField {...props} field={field} />;
    case 'select':
      return <SelectField {...props} field={field} />;
    case 'block':
      return <BlockField {...props} field={field} />;
    case 'choices':
      return <ChoicesField {...props} field={field} />;
    case 'link':
      return <LinkField {...props} field={field} />;
    case 'reference':
      return <ReferenceField {...props} field={field} />;
    case 'references':
      return <ReferencesField {...props} field={field} />;
    case 'media':
      return <MediaField {...props} field={field} />;
    case 'form':
      return <FormField {...props} field={field} />;
    case 'richText':
      return <RichTextField {...props} field={field} />;
    case 'list':
      return <ListField {...props} field={field} />;
    case 'group':
      return (
        <fieldset className={classes['group']}>
          {field.label !== '' && <legend>{field.label}</legend>}
          <FieldSet fields={field.fields} path={props.path} values={props.value} />
        </fieldset>
      );
    case 'key':
      return null;
    case 'unknown':
      return (
        <p className={classes['unknown']}>
          <b>{field.label}</b> {text.unknownField}
        </p>
      );
  }
};

/** Lists, groups and blocks hold fields that show their own problems; every other control shows all that lies within it. */
const own = (field: Field, problems: readonly Problem[], path: Path) =>
  field.widget === 'list' || field.widget === 'group' || field.widget === 'block'
    ? problemsAt(problems, path)
    : problemsWithin(problems, path);

/** One field of a block, as its definition says. */
export const FieldControl = ({
  field,
  path,
  value,
  labelHidden = false,
  bare = false,
  point,
}: {
  field: Field;
  path: Path;
  value: unknown;
  labelHidden?: boolean;
  bare?: boolean;
  point?: Point | undefined;
}) => {
  const { set, problems } = useBlockForm();
  if (field.widget === 'key') return null;
  const found = own(field, problems, path);
  const errors = found.filter(({ severity }) => severity !== 'warns').map(({ message }) => message);
  return (
    <div className={classes['field']} data-path={pathName(path)}>
      {control(field, {
        path,
        value: value === undefined ? freshValue(field) : value,
        error: errors.length === 0 ? undefined : errors.join(' '),
        onChange: (next) => set(path, next),
        labelHidden,
        bare,
        point,
      })}
      {found
        .filter(({ severity }) => severity === 'warns')
        .map(({ message }) => (
          <ProblemNote key={message} severity="warns">
            {message}
          </ProblemNote>
        ))}
    </div>
  );
};

/** Several fields one under the other. */
export const FieldSet = ({ fields, path, values }: { fields: readonly Field[]; path: Path; values: unknown }) => {
  const held = (typeof values === 'object' && values !== null ? values : {}) as Record<string, unknown>;
  return (
    <div className={classes['fields']}>
      {fields.map((field) => (
        <FieldControl key={field.name} field={field} path={[...path, field.name]} value={held[field.name]} />
      ))}
    </div>
  );
};

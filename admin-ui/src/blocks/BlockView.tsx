import type { ReactNode } from 'react';
import { isLinkTo, isRichText, type LinkTo, linkedId, plainText } from '~/richtext/contract';
import { RichTextView } from '~/richtext/RichTextView';
import { nameOf, useTarget } from '~/ui/targets';
import classes from './BlockView.module.css';
import type { Values } from './block';
import type { Field, Kind } from './definition';
import { type Path, pathName } from './path';
import { usePictureParts } from './pictures';
import { toGrid } from './table/grid';
import { text } from './text';

/*
 * A block for reading, drawn from its definition like its form. How a kind looks in particular is left to the
 * stylesheet, by `data-kind`, `data-field` and the value of each choice; a kind it does not know reads well all the same.
 */

const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });

const Reference = ({ id }: { id: string }) => {
  const target = useTarget(id);
  return (
    <span className={classes['reference']} data-gone={target === 'gone' || undefined}>
      {nameOf(target)}
    </span>
  );
};

const Picture = ({ id }: { id: string }) => {
  const pictures = usePictureParts();
  return pictures === null ? <Reference id={id} /> : <pictures.View id={id} />;
};

const References = ({ ids }: { ids: readonly string[] }) => (
  <span className={classes['references']}>
    {ids.map((id) => (
      <Reference key={id} id={id} />
    ))}
  </span>
);

const isText = ({ widget }: Field) => widget === 'line' || widget === 'text' || widget === 'richText';

const isEmpty = (field: Field, value: unknown): boolean => {
  if (value === null || value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  if (field.widget === 'richText') return !isRichText(value) || plainText(value) === '';
  if (field.widget === 'switch') return value !== true;
  return field.widget === 'key' || field.widget === 'unknown';
};

/** How something is shown is nothing to show by itself. */
const isManner = ({ widget }: Field) => widget === 'select' || widget === 'integer' || widget === 'switch';

const Linked = ({ to }: { to: LinkTo }) => {
  const id = linkedId(to);
  return id === null ? Object.values(to)[0] : <Reference id={id} />;
};

/** Short facts in one line: who, when, which; everything that is not running text. */
const fact = (field: Field, value: unknown): ReactNode => {
  switch (field.widget) {
    case 'reference':
      return <Reference id={String(value)} />;
    case 'link':
      return isLinkTo(value) && <Linked to={value} />;
    case 'references':
      return <References ids={value as string[]} />;
    case 'date':
      return day.format(new Date(String(value)));
    case 'select':
      return field.options.find((option) => option.value === value)?.label ?? String(value);
    case 'switch':
      return null;
    default:
      return String(value);
  }
};

const body = (field: Field, value: unknown, path: Path): ReactNode => {
  switch (field.widget) {
    case 'richText':
      return isRichText(value) && <RichTextView value={value} />;
    case 'list':
      return (
        <ul className={classes['items']}>
          {(value as unknown[]).map((item, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: Items are only shown here.
            <li key={place} data-path={pathName([...path, place])}>
              {field.item.widget === 'group' ? (
                <Fields fields={field.item.fields} values={item as Values} path={[...path, place]} />
              ) : (
                body(field.item, item, [...path, place])
              )}
            </li>
          ))}
        </ul>
      );
    case 'media':
      return <Picture id={String(value)} />;
    case 'group':
      return <Fields fields={field.fields} values={value as Values} path={path} />;
    default:
      return <p>{String(value)}</p>;
  }
};

const isBody = ({ widget }: Field) =>
  widget === 'text' || widget === 'richText' || widget === 'media' || widget === 'list' || widget === 'group';

const Fields = ({ fields, values, path }: { fields: readonly Field[]; values: Values; path: Path }) => {
  const held = fields.filter((field) => !isEmpty(field, values[field.name]));
  const first = fields.find(isText);
  const facts = held.filter((field) => field !== first && !isBody(field));
  return (
    <>
      {held
        .filter((field) => field === first || isBody(field))
        .map((field) => {
          const here = [...path, field.name];
          const value = values[field.name];
          const isHeadline = field === first && field.widget === 'line';
          return (
            <div
              key={field.name}
              data-field={field.name}
              data-path={pathName(here)}
              className={isHeadline ? classes['headline'] : undefined}
            >
              {isHeadline ? String(value) : body(field, value, here)}
            </div>
          );
        })}
      {facts.length > 0 && (
        <p className={classes['facts']}>
          {facts.map((field) => {
            const said = fact(field, values[field.name]);
            return (
              <span key={field.name} data-field={field.name} data-path={pathName([...path, field.name])}>
                <span className={classes['label']}>
                  {field.label}
                  {said !== null && ': '}
                </span>
                {said}
              </span>
            );
          })}
        </p>
      )}
    </>
  );
};

const TableView = ({ values }: { values: Values }) => {
  const [head = [], ...rows] = toGrid(values);
  return (
    <div className={classes['scroll']}>
      <table className={classes['table']}>
        <thead>
          <tr>
            {head.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: A column is its place.
              <th key={column} scope="col" data-path={pathName(['columns', column])}>
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([header, ...cells], row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: A row is its place.
            <tr key={row}>
              <th scope="row" data-path={pathName(['rows', row, 'header'])}>
                {header}
              </th>
              {cells.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: A column is its place.
                <td key={column} data-path={pathName(['rows', row, 'cells', column])}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

/** The values of choices, for the stylesheet: `data-level="3"`, `data-tone="CLAIM"`. */
const choices = (fields: readonly Field[], values: Values) =>
  Object.fromEntries(
    fields
      .filter(({ widget }) => widget === 'select' || widget === 'integer')
      .map(({ name }) => [`data-${name.toLowerCase()}`, values[name]]),
  );

/** A block as it reads, where nobody is writing in it. */
export const BlockView = ({ kind, values }: { kind: Kind | undefined; values: Values }) => {
  if (kind === undefined) return <p className={classes['empty']}>{text.unknownKind}</p>;
  const isTable = kind.layout === 'table';
  const fields = isTable ? kind.fields.filter(({ widget }) => widget !== 'list') : kind.fields;
  const nothing = kind.fields.every((field) => isManner(field) || isEmpty(field, values[field.name]));
  return (
    <div className={classes['view']} data-kind={kind.kind} {...choices(kind.fields, values)}>
      {nothing ? (
        <p className={classes['empty']}>{text.empty}</p>
      ) : (
        <>
          <Fields fields={fields} values={values} path={[]} />
          {isTable && <TableView values={values} />}
        </>
      )}
    </div>
  );
};

import { ActionIcon, Button, Input } from '@mantine/core';
import { IconChevronRight, IconPlus, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useId, useRef, useState } from 'react';
import type { Point } from '~/richtext/point';
import { EntityAdder } from '~/ui/EntityPicker';
import { SortableHandle, useSortable } from '~/ui/Sortable';
import { type Field, type FieldOf, freshValue } from '../definition';
import { ProblemNote } from '../ProblemNote';
import { type Path, startsWith } from '../path';
import { problemsAt, problemsWithin } from '../problems';
import { wordsOf } from '../summary';
import { text } from '../text';
import { useBlockForm } from './context';
import type { ControlProps } from './control';
import { FieldControl, FieldSet } from './FieldControl';
import classes from './form.module.css';
import { itemName, withArticle } from './itemName';
import { useItemKeys } from './useItemKeys';
import { usePoints } from './usePoints';

/** Things in an order: added at the end, moved by dragging or with the arrow keys, removed. */
export const ListField = ({ field, path, value, error, onChange }: ControlProps<FieldOf<'list'>>) => {
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const keys = useItemKeys(items);
  const [added, setAdded] = useState<string | null>(null);
  const { item } = field;
  const points = usePoints(item, items, onChange);
  const each = itemName(field.label);

  const add = (fresh: unknown) => {
    onChange([...items, fresh]);
    setAdded(String(items.length));
    requestAnimationFrame(() => {
      const list = frame.current?.querySelector(':scope > ol');
      list?.lastElementChild?.querySelector<HTMLElement>('input, textarea, [role="textbox"]')?.focus();
    });
  };
  const remove = (place: number) => {
    onChange(items.toSpliced(place, 1));
    requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>('[data-add] :is(button, input)')?.focus());
  };
  const move = (from: number, to: number) => {
    onChange(items.toSpliced(from, 1).toSpliced(to, 0, items[from]));
  };

  return (
    <Input.Wrapper
      id={id}
      label={field.label}
      labelElement="div"
      description={field.help || undefined}
      error={error}
      inputWrapperOrder={['label', 'description', 'error', 'input']}
    >
      <div ref={frame} className={classes['list']}>
        {items.length === 0 ? (
          <p className={classes['none']}>{text.list.empty}</p>
        ) : (
          <ol aria-label={field.label} {...points.handlers}>
            {items.map((held, place) => (
              <Item
                key={keys[place]}
                list={id}
                each={each}
                item={item}
                path={[...path, place]}
                value={held}
                index={place}
                count={items.length}
                fresh={added === String(place)}
                point={points.pointAt?.(place)}
                onMove={move}
                onRemove={() => remove(place)}
              />
            ))}
          </ol>
        )}
        <div data-add>
          <Adder each={each} item={item} onAdd={add} />
        </div>
      </div>
    </Input.Wrapper>
  );
};

/** What cannot be without a thing to point at begins by choosing it. */
const Adder = ({ each, item, onAdd }: { each: string; item: Field; onAdd: (fresh: unknown) => void }) => {
  const first =
    item.widget === 'group'
      ? item.fields.find((inner): inner is FieldOf<'reference'> => inner.widget === 'reference' && !inner.nullable)
      : undefined;
  if (first === undefined) {
    return (
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={15} stroke={1.6} aria-hidden />}
        onClick={() => onAdd(freshValue(item))}
      >
        {text.list.add(withArticle(each))}
      </Button>
    );
  }
  return (
    <EntityAdder
      kinds={first.targets}
      label={text.list.pick(first.label)}
      onPick={(picked) => onAdd({ ...(freshValue(item) as object), [first.name]: picked })}
    />
  );
};

type ItemProps = {
  list: string;
  /** What one of them is called: “Question”. */
  each: string;
  item: Field;
  path: Path;
  value: unknown;
  index: number;
  count: number;
  fresh: boolean;
  point: Point | undefined;
  onMove: (from: number, to: number) => void;
  onRemove: () => void;
};

const Item = ({ list, each, item, path, value, index, count, fresh, point, onMove, onRemove }: ItemProps) => {
  const summary = wordsOf(item, value);
  const name = text.list.item(each, index + 1);
  const label = summary === '' ? name : summary.slice(0, 60);
  const sortable = useSortable({ list, index, count, label, onMove });
  return (
    <li ref={sortable.item} {...sortable.attributes}>
      <div className={classes['item']} data-open={(item.widget === 'group' && !isLong(item)) || undefined}>
        <SortableHandle sortable={sortable} />
        <div className={classes['held']}>
          {item.widget === 'group' ? (
            <GroupItem
              item={index === 0 ? item : withoutHelp(item)}
              path={path}
              value={value}
              title={summary === '' ? name : summary}
              fresh={fresh}
            />
          ) : (
            <FieldControl field={{ ...item, label: name }} path={path} value={value} labelHidden point={point} />
          )}
        </div>
        <ActionIcon size={28} aria-label={text.list.remove(label)} onClick={onRemove}>
          <IconTrash size={16} stroke={1.6} aria-hidden />
        </ActionIcon>
      </div>
    </li>
  );
};

/** What is said under the first item need not be said under each. */
const withoutHelp = (item: FieldOf<'group'>): FieldOf<'group'> => ({
  ...item,
  fields: item.fields.map((field) => ({ ...field, help: '' })),
});

const isLong = (item: FieldOf<'group'>) =>
  item.fields.some(({ widget }) => widget === 'richText' || widget === 'list' || widget === 'text') ||
  item.fields.length > 3;

/** Long items fold to their first words, so that ten questions fit on a screen. */
const GroupItem = ({
  item,
  path,
  value,
  title,
  fresh,
}: {
  item: FieldOf<'group'>;
  path: Path;
  value: unknown;
  title: ReactNode;
  fresh: boolean;
}) => {
  const id = useId();
  const { problems, wanted } = useBlockForm();
  const asked = wanted !== null && startsWith(wanted.path, path);
  const [seen, setSeen] = useState(wanted);
  const [open, setOpen] = useState(fresh || asked);
  if (seen !== wanted) {
    setSeen(wanted);
    if (asked) setOpen(true);
  }
  const long = isLong(item);
  const own = problemsAt(problems, path);
  const inside = problemsWithin(problems, path).length > 0;
  return (
    <>
      {long && (
        <button
          type="button"
          className={classes['fold']}
          aria-expanded={open}
          aria-controls={id}
          data-problem={inside || undefined}
          onClick={() => setOpen(!open)}
        >
          <IconChevronRight size={15} stroke={1.6} aria-hidden />
          <span className="clip">{title}</span>
        </button>
      )}
      {own.map(({ severity, message }) => (
        <ProblemNote key={message} severity={severity}>
          {message}
        </ProblemNote>
      ))}
      <div id={id} hidden={long && !open}>
        {(!long || open) && <FieldSet fields={item.fields} path={path} values={value} />}
      </div>
    </>
  );
};

import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import {
  IconArrowBarToDown,
  IconArrowBarToUp,
  IconArrowDown,
  IconArrowsSort,
  IconArrowUp,
  IconChevronDown,
  IconChevronUp,
  IconCopy,
  IconDots,
  IconPlus,
  IconSelect,
  IconTrash,
} from '@tabler/icons-react';
import { type KeyboardEvent, lazy, type MouseEvent, memo, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { caretAt } from '~/richtext/RichText';
import { moveAndAnnounce, type Place, SortableHandle, useSortable } from '~/ui/Sortable';
import classes from './BlockCard.module.css';
import { BlockForm } from './BlockForm';
import { BlockView } from './BlockView';
import type { Block } from './block';
import { conversionsOf } from './convert';
import { type Kind, onlyText } from './definition';
import { BlockFormProvider, type BlockForm as FormContext } from './form/context';
import { focusField } from './form/focus';
import { InsertPoint } from './InsertPoint';
import { iconOf } from './icons';
import { ProblemNote } from './ProblemNote';
import { type Findings, gravest, standing } from './problems';
import { summaryOf } from './summary';
import { text } from './text';
import type { Aim } from './useDesk';
import type { BlockVerbs } from './verbs';

const PlaceDialog = lazy(async () => ({ default: (await import('./PlaceDialog')).PlaceDialog }));

type Props = {
  block: Block;
  kinds: readonly Kind[];
  index: number;
  count: number;
  active: boolean;
  folded: boolean;
  /** One of the blocks that are chosen to do something with all of them. */
  selected: boolean;
  adding: boolean;
  aim: Aim | null;
  findings: Findings | undefined;
  verbs: BlockVerbs;
  readOnly: boolean;
};

/** One block: a line while folded, its text for reading, or its form. */
export const BlockCard = memo(
  ({ block, kinds, index, count, active, folded, selected, adding, aim, findings, verbs, readOnly }: Props) => {
    const { key, values } = block;
    const kind = kinds.find((each) => each.kind === block.kind);
    const title = kind?.title ?? block.kind;
    const summary = useMemo(() => summaryOf(kind, values), [kind, values]);
    const name = text.card.edit(title, summary);
    const problems = useMemo(() => standing(findings, block), [findings, block]);
    const head = useRef<HTMLButtonElement>(null);
    const body = useRef<HTMLDivElement>(null);
    const writing = active && !folded && kind !== undefined && !readOnly;

    const sortable = useSortable({ list: 'blocks', index, count, label: name, onMove: verbs.move });
    const { item } = sortable;
    const wanted = aim?.field ?? null;
    const form = useMemo<FormContext>(
      () => ({
        set: (path, value) => verbs.set(key, path, value),
        problems,
        wanted,
        onSlash: () => verbs.add(index + 1),
      }),
      [verbs, key, problems, wanted, index],
    );

    useEffect(() => {
      if (aim === null) return;
      if (aim.field !== null && body.current !== null && focusField(body.current, aim.field.path)) return;
      item.current?.scrollIntoView({ block: 'nearest' });
      head.current?.focus({ preventScroll: true });
    }, [aim, item]);

    const onPress = (event: MouseEvent) => {
      if (readOnly || writing || kind === undefined || !(event.target instanceof Element)) return;
      if (window.getSelection()?.isCollapsed === false) return;
      const part = event.target.closest<HTMLElement>('[data-path]');
      const path = part?.dataset['path']?.split('.') ?? [];
      const prose = onlyText(kind) === null ? null : (part?.firstElementChild ?? null);
      verbs.open(key, path, prose === null ? undefined : caretAt(prose, event));
    };
    const onEscape = (event: KeyboardEvent) => {
      // A text editor prevents what browsers do with Escape, though it has no use for it itself.
      const inText = event.target instanceof HTMLElement && event.target.isContentEditable;
      if (event.key !== 'Escape' || (event.defaultPrevented && !inText) || !writing) return;
      event.preventDefault();
      verbs.close(key);
    };

    const Icon = iconOf(kind?.icon);
    const FoldIcon = folded ? IconChevronDown : IconChevronUp;
    return (
      <li
        ref={item}
        {...sortable.attributes}
        className={`${sortable.attributes.className} ${classes['card']}`}
        id={`block-${key}`}
        data-block={key}
        data-kind={block.kind}
        data-active={writing || undefined}
        data-folded={folded || undefined}
        data-selected={selected || undefined}
        data-problem={gravest(problems) ?? undefined}
        onKeyDown={onEscape}
      >
        {readOnly ? null : <InsertPoint index={index} kinds={kinds} open={adding} verbs={verbs} before={name} />}
        <div className={classes['head']} data-block-head>
          <button
            ref={head}
            type="button"
            className={classes['tag']}
            data-block-name
            aria-expanded={readOnly ? !folded : writing}
            aria-label={name}
            onClick={() => {
              if (readOnly) verbs.fold(key, !folded);
              else if (writing) verbs.close(key);
              else verbs.open(key);
            }}
          >
            <Icon size={folded ? 16 : 13} stroke={folded ? 1.6 : 2} aria-hidden />
            <span className={classes['kind']}>{title}</span>
            {folded && <span className={`${classes['summary']} clip`}>{summary}</span>}
          </button>
          <div className={classes['tools']}>
            <Tooltip label={folded ? text.card.expand : text.card.collapse}>
              <ActionIcon
                size={28}
                aria-label={`${folded ? text.card.expand : text.card.collapse} ${name}`}
                aria-expanded={!folded}
                onClick={() => verbs.fold(key, !folded)}
              >
                <FoldIcon size={16} stroke={1.6} aria-hidden />
              </ActionIcon>
            </Tooltip>
            {readOnly ? null : (
              <>
                <SortableHandle sortable={sortable} />
                <More place={sortable.place} name={name} block={block} kinds={kinds} verbs={verbs} />
              </>
            )}
          </div>
        </div>
        {folded ? null : (
          // biome-ignore lint/a11y/noStaticElementInteractions: For the pointer only; the keyboard has the button above.
          // biome-ignore lint/a11y/useKeyWithClickEvents: As said.
          <div ref={body} className={classes['body']} onClick={onPress}>
            {writing ? (
              <BlockFormProvider value={form}>
                <BlockForm kind={kind} values={values} />
              </BlockFormProvider>
            ) : (
              <BlockView kind={kind} values={values} />
            )}
          </div>
        )}
        {writing
          ? null
          : problems.map(({ severity, message, path }) => (
              <ProblemNote key={`${path.join('.')} ${message}`} severity={severity}>
                {message}
              </ProblemNote>
            ))}
      </li>
    );
  },
);

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

const More = ({
  place,
  name,
  block,
  kinds,
  verbs,
}: {
  place: Place;
  name: string;
  block: Block;
  kinds: readonly Kind[];
  verbs: BlockVerbs;
}) => {
  const { key } = block;
  const { index, count } = place;
  const [placing, setPlacing] = useState(false);
  const move = (to: number) => {
    moveAndAnnounce(place, to);
    verbs.reveal(key);
  };
  const menu = (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon size={28} aria-label={text.card.more(name)}>
          <IconDots size={17} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPlus {...icon} />} onClick={() => verbs.add(index + 1)}>
          {text.card.addBelow}
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => verbs.duplicate([key])}>
          {text.card.duplicate}
        </Menu.Item>
        <Menu.Item leftSection={<IconSelect {...icon} />} onClick={() => verbs.select(key, key)}>
          {text.card.select}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconArrowUp {...icon} />} disabled={index === 0} onClick={() => move(index - 1)}>
          {text.card.moveUp}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowDown {...icon} />}
          disabled={index === count - 1}
          onClick={() => move(index + 1)}
        >
          {text.card.moveDown}
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowBarToUp {...icon} />} disabled={index === 0} onClick={() => move(0)}>
          {text.card.moveFirst}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowBarToDown {...icon} />}
          disabled={index === count - 1}
          onClick={() => move(count - 1)}
        >
          {text.card.moveLast}
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowsSort {...icon} />} disabled={count === 1} onClick={() => setPlacing(true)}>
          {text.card.moveTo}
        </Menu.Item>
        <TurnInto block={block} kinds={kinds} verbs={verbs} />
        <Menu.Divider />
        <Menu.Item
          className={classes['danger']}
          leftSection={<IconTrash {...icon} />}
          onClick={() => verbs.remove([key])}
        >
          {text.card.remove}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
  return (
    <>
      {menu}
      {placing && (
        <Suspense fallback={null}>
          <PlaceDialog
            name={name}
            index={index}
            count={count}
            onMove={(to) => {
              setPlacing(false);
              move(to);
            }}
            onClose={() => {
              setPlacing(false);
              verbs.reveal(key);
            }}
          />
        </Suspense>
      )}
    </>
  );
};

/** Drawn with the menu only: what a block can become is looked for when somebody asks. */
const TurnInto = ({ block, kinds, verbs }: { block: Block; kinds: readonly Kind[]; verbs: BlockVerbs }) => {
  const offered = conversionsOf(block, kinds);
  if (offered.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: A menu holds groups, and no fieldset.
    <div role="group" aria-label={text.convert.label}>
      <Menu.Divider />
      <Menu.Label aria-hidden>{text.convert.label}</Menu.Label>
      {offered.map(({ kind, block: turned, lost }) => {
        const Icon = iconOf(kind.icon);
        return (
          <Menu.Item key={kind.kind} leftSection={<Icon {...icon} />} onClick={() => verbs.turn(turned)}>
            {kind.title}
            {lost !== null && <small className={classes['lost']}>{lost}</small>}
          </Menu.Item>
        );
      })}
    </div>
  );
};

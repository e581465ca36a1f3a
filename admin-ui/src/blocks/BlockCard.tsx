import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import {
  IconArrowBarToDown,
  IconArrowBarToUp,
  IconArrowDown,
  IconArrowUp,
  IconChevronDown,
  IconChevronUp,
  IconCopy,
  IconDots,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react';
import { type KeyboardEvent, type MouseEvent, memo, useEffect, useMemo, useRef } from 'react';
import { caretAt } from '~/richtext/RichText';
import { moveAndAnnounce, type Place, SortableHandle, useSortable } from '~/ui/Sortable';
import classes from './BlockCard.module.css';
import { BlockForm } from './BlockForm';
import { BlockView } from './BlockView';
import type { Block } from './block';
import { type Kind, onlyText } from './definition';
import { BlockFormProvider, type BlockForm as FormContext } from './form/context';
import { focusField } from './form/focus';
import { InsertPoint } from './InsertPoint';
import { iconOf } from './icons';
import { ProblemNote } from './ProblemNote';
import { takenApart } from './pasted';
import { type Findings, gravest, standing } from './problems';
import { summaryOf } from './summary';
import { text } from './text';
import type { Aim } from './useDesk';
import type { BlockVerbs } from './verbs';

type Props = {
  block: Block;
  kinds: readonly Kind[];
  index: number;
  count: number;
  active: boolean;
  folded: boolean;
  adding: boolean;
  aim: Aim | null;
  findings: Findings | undefined;
  verbs: BlockVerbs;
  readOnly: boolean;
};

/** One block: a line while folded, its text for reading, or its form. */
export const BlockCard = memo(
  ({ block, kinds, index, count, active, folded, adding, aim, findings, verbs, readOnly }: Props) => {
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
        onSplit: (split) => {
          const field = kind === undefined ? null : onlyText(kind);
          const parts = field && takenApart(split, { key, kind: block.kind, field: field.name }, kinds);
          return parts !== null && verbs.split(key, parts);
        },
      }),
      [verbs, key, problems, wanted, index, kind, kinds, block.kind],
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
      if (event.key !== 'Escape' || event.defaultPrevented || !writing) return;
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
        data-problem={gravest(problems) ?? undefined}
        onKeyDown={onEscape}
      >
        {readOnly ? null : <InsertPoint index={index} kinds={kinds} open={adding} verbs={verbs} before={name} />}
        <div className={classes['head']}>
          <button
            ref={head}
            type="button"
            className={classes['tag']}
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
                <More place={sortable.place} name={name} block={key} verbs={verbs} />
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

const More = ({ place, name, block, verbs }: { place: Place; name: string; block: string; verbs: BlockVerbs }) => {
  const { index, count } = place;
  const move = (to: number) => {
    moveAndAnnounce(place, to);
    verbs.reveal(block);
  };
  return (
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
        <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => verbs.duplicate(block)}>
          {text.card.duplicate}
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
        <Menu.Divider />
        <Menu.Item
          className={classes['danger']}
          leftSection={<IconTrash {...icon} />}
          onClick={() => verbs.remove(block)}
        >
          {text.card.remove}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};

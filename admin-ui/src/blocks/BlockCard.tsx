import { type KeyboardEvent, type MouseEvent, memo, useEffect, useMemo, useRef, useState } from 'react';
import { caretAt } from '~/richtext/RichText';
import { useSortable } from '~/ui/Sortable';
import classes from './BlockCard.module.css';
import { BlockForm } from './BlockForm';
import { BlockTools } from './BlockTools';
import { BlockView } from './BlockView';
import type { Block } from './block';
import { type Kind, onlyText } from './definition';
import { BlockFormProvider, type BlockForm as FormContext } from './form/context';
import { focusField } from './form/focus';
import { InsertPoint } from './InsertPoint';
import { iconOf } from './icons';
import { Present } from './Present';
import { ProblemNote } from './ProblemNote';
import { takenApart } from './pasted';
import type { Somebody } from './presence';
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
  /** One of the blocks that are chosen to do something with all of them. */
  selected: boolean;
  adding: boolean;
  aim: Aim | null;
  findings: Findings | undefined;
  /** Who else is at it. */
  present: readonly Somebody[] | undefined;
  verbs: BlockVerbs;
  readOnly: boolean;
};

/** One block: a line while folded, its text for reading, or its form. */
export const BlockCard = memo(
  ({
    block,
    kinds,
    index,
    count,
    active,
    folded,
    selected,
    adding,
    aim,
    findings,
    present,
    verbs,
    readOnly,
  }: Props) => {
    const { key, values } = block;
    const kind = kinds.find((each) => each.kind === block.kind);
    const title = kind?.title ?? block.kind;
    const summary = useMemo(() => summaryOf(kind, values), [kind, values]);
    const name = text.card.edit(title, summary);
    const problems = useMemo(() => standing(findings, block), [findings, block]);
    const head = useRef<HTMLButtonElement>(null);
    const body = useRef<HTMLDivElement>(null);
    const [near, setNear] = useState(false);
    const writing = active && !folded && kind !== undefined && !readOnly;

    const sortable = useSortable({ list: 'blocks', index, count, label: name, onMove: verbs.move });
    const { item } = sortable;
    const wanted = aim?.field ?? null;
    const form = useMemo<FormContext>(
      () => ({
        set: (path, value) => verbs.set(key, path, value),
        problems,
        wanted,
        onSlash: (onLeave) => verbs.add(index + 1, onLeave),
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
      // A text editor prevents what browsers do with Escape, though it has no use for it itself.
      const inText = event.target instanceof HTMLElement && event.target.isContentEditable;
      if (event.key !== 'Escape' || (event.defaultPrevented && !inText) || !writing) return;
      event.preventDefault();
      verbs.close(key);
    };

    const Icon = iconOf(kind?.icon);
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
        // What is not seen until somebody comes is not made before; a long document has hundreds of these.
        onPointerEnter={() => setNear(true)}
        onFocus={() => setNear(true)}
      >
        {present === undefined ? null : <Present people={present} />}
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
          {(near || writing || folded) && (
            <BlockTools
              block={block}
              kinds={kinds}
              name={name}
              folded={folded}
              sortable={sortable}
              verbs={verbs}
              readOnly={readOnly}
            />
          )}
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

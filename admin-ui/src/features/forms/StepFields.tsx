import { announce } from '@atlaskit/pragmatic-drag-and-drop-live-region';
import { ActionIcon, Button, Checkbox, NativeSelect, Switch, TextInput } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useId, useRef, useState } from 'react';
import { Chip } from '~/ui/Chip';
import { SortableHandle, useSortable } from '~/ui/Sortable';
import { TextArea } from '~/ui/TextArea';
import {
  ask,
  askNoMore,
  askOtherwise,
  type Definition,
  entitle,
  isJudged,
  mayBeRequired,
  move,
  moveToStep,
  offer,
  type Question,
  type Step,
  unasked,
} from './definition';
import classes from './FormScreen.module.css';
import type { Field, FieldKind } from './queries';
import { text } from './text';

type Change = (change: (now: Definition) => Definition) => void;

/** What is asked together: in which order, and how. */
export const StepFields = ({
  definition,
  place,
  step,
  kinds,
  problems,
  onChange,
  onRemove,
}: {
  definition: Definition;
  place: number;
  step: Step;
  kinds: FieldKind[];
  problems: { [path: string]: string };
  onChange: Change;
  onRemove: (() => void) | undefined;
}) => {
  const id = useId();
  const list = useRef<HTMLOListElement>(null);
  const [open, setOpen] = useState<Field | null>(null);
  const left = unasked(definition, kinds);
  const within = `steps.${place}`;
  const lacking = problems[`${within}.fields`] ?? (place === 0 ? problems['steps'] : undefined);

  const add = (kind: FieldKind) => {
    onChange((now) => ask(now, place, kind));
    setOpen(kind.field);
    requestAnimationFrame(() => list.current?.lastElementChild?.querySelector<HTMLElement>('input')?.focus());
  };
  const remove = (index: number, label: string) => {
    onChange((now) => askNoMore(now, { step: place, index }));
    announce(text.question.removed(label));
    requestAnimationFrame(() => {
      const buttons = list.current?.querySelectorAll<HTMLElement>('[data-open-question]');
      buttons?.[Math.min(index, buttons.length - 1)]?.focus();
    });
  };

  return (
    <fieldset className={classes['part']}>
      <legend>{place === 0 ? text.step.first : text.step.later(place + 1)}</legend>
      {place === 0 && <p className="muted">{text.step.lead}</p>}
      <div className={classes['card']}>
        {place > 0 && (
          <TextInput
            label={text.step.title}
            value={step.title}
            maxLength={120}
            error={problems[`${within}.title`]}
            onChange={({ currentTarget: { value } }) => onChange((now) => entitle(now, place, value))}
          />
        )}
        {lacking !== undefined && (
          <p role="alert" className={classes['lacking']}>
            {lacking}
          </p>
        )}
        {step.fields.length === 0 ? (
          <p className="muted">{text.step.empty}</p>
        ) : (
          <ol ref={list} className={classes['questions']} aria-label={text.step.list(place + 1)}>
            {step.fields.map((question, index) => (
              <QuestionItem
                key={question.field}
                list={id}
                question={question}
                kind={kinds.find(({ field }) => field === question.field)}
                index={index}
                count={step.fields.length}
                parts={definition.steps.map(({ title }, each) =>
                  each === 0 ? text.step.first : title || text.step.later(each + 1),
                )}
                part={place}
                open={
                  open === question.field ||
                  Object.keys(problems).some((path) => path.startsWith(`${within}.fields.${index}.`))
                }
                problem={(field) => problems[`${within}.fields.${index}.${field}`]}
                onOpen={(opened) => setOpen(opened ? question.field : null)}
                onMove={(from, to) => onChange((now) => move(now, { step: place, index: from }, to))}
                onPart={(to) => onChange((now) => moveToStep(now, { step: place, index }, to))}
                onChange={(changed) => onChange((now) => askOtherwise(now, { step: place, index }, changed))}
                onRemove={() => remove(index, question.label)}
              />
            ))}
          </ol>
        )}
        <div className={classes['foot']}>
          {left.length === 0 ? (
            <span className="muted">{text.step.all}</span>
          ) : (
            <NativeSelect
              aria-label={`${text.step.list(place + 1)}: ${text.step.add}`}
              value=""
              data={[
                { value: '', label: text.step.add },
                ...left.map(({ field }) => ({ value: field, label: text.field[field] })),
              ]}
              onChange={({ currentTarget }) => {
                const kind = left.find(({ field }) => field === currentTarget.value);
                if (kind !== undefined) add(kind);
              }}
            />
          )}
          {onRemove !== undefined && (
            <Button variant="default" size="compact-sm" className="danger" onClick={onRemove}>
              {text.step.remove}
            </Button>
          )}
        </div>
      </div>
    </fieldset>
  );
};

const QuestionItem = ({
  list,
  question,
  kind,
  index,
  count,
  parts,
  part,
  open,
  problem,
  onOpen,
  onMove,
  onPart,
  onChange,
  onRemove,
}: {
  list: string;
  question: Question;
  kind: FieldKind | undefined;
  index: number;
  count: number;
  /** What the parts of the form are called. */
  parts: string[];
  part: number;
  open: boolean;
  problem: (field: string) => string | undefined;
  onOpen: (open: boolean) => void;
  onMove: (from: number, to: number) => void;
  onPart: (to: number) => void;
  onChange: (question: Question) => void;
  onRemove: () => void;
}) => {
  const id = useId();
  const { field, label } = question;
  const name = label || text.field[field];
  const sortable = useSortable({ list, index, count, label: name, onMove });
  return (
    <li ref={sortable.item} {...sortable.attributes}>
      <div className={classes['question']}>
        <SortableHandle sortable={sortable} />
        <span className={classes['asked']}>
          <b>{name}</b>
          <span className="muted">{text.field[field]}</span>
        </span>
        {question.required && <Chip>{text.question.required}</Chip>}
        <ActionIcon
          data-open-question
          size={28}
          aria-label={open ? text.question.close(name) : text.question.open(name)}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => onOpen(!open)}
        >
          <IconChevronRight size={17} stroke={1.6} aria-hidden className={classes['chevron']} />
        </ActionIcon>
      </div>
      <div id={id} hidden={!open} className={classes['details']}>
        {open && (
          <>
            <TextInput
              label={text.question.label}
              description={field === 'TEXT' ? text.question.texts : undefined}
              value={label}
              maxLength={120}
              error={problem('label')}
              onChange={({ currentTarget }) => onChange({ ...question, label: currentTarget.value })}
            />
            <TextArea
              label={text.question.help}
              value={question.help}
              error={problem('help')}
              onChange={(help) => onChange({ ...question, help })}
            />
            {mayBeRequired(field) && (
              <Switch
                label={text.question.mustBe}
                description={text.question.mustBeHelp}
                error={problem('required')}
                checked={question.required}
                onChange={({ currentTarget }) => onChange({ ...question, required: currentTarget.checked })}
              />
            )}
            {isJudged(field) && (
              <TextInput
                label={text.question.problem}
                description={text.question.problemHelp}
                value={question.problem}
                maxLength={200}
                error={problem('problem')}
                onChange={({ currentTarget }) => onChange({ ...question, problem: currentTarget.value })}
              />
            )}
            {kind !== undefined && kind.usual.options.length > 0 && (
              <Options question={question} kind={kind} problem={problem} onChange={onChange} />
            )}
            <div className={classes['foot']}>
              {parts.length > 1 && (
                <NativeSelect
                  label={text.question.part}
                  value={String(part)}
                  data={parts.map((title, place) => ({ value: String(place), label: title }))}
                  onChange={({ currentTarget }) => onPart(Number(currentTarget.value))}
                />
              )}
              {field !== 'NAME' && (
                <Button variant="default" size="compact-sm" className="danger" onClick={onRemove}>
                  {text.question.remove}
                </Button>
              )}
            </div>
          </>
        )}
      </div>
    </li>
  );
};

/** Which of the answers there are, and in which words. */
const Options = ({
  question,
  kind,
  problem,
  onChange,
}: {
  question: Question;
  kind: FieldKind;
  problem: (field: string) => string | undefined;
  onChange: (question: Question) => void;
}) => (
  <fieldset className={classes['options']}>
    <legend>{text.question.options}</legend>
    {problem('options') !== undefined && (
      <p role="alert" className={classes['lacking']}>
        {problem('options')}
      </p>
    )}
    {kind.usual.options.map((usual) => {
      const place = question.options.findIndex(({ value }) => value === usual.value);
      const offered = question.options[place];
      return (
        <div key={usual.value} className={classes['option']}>
          <Checkbox
            aria-label={usual.label}
            checked={offered !== undefined}
            onChange={({ currentTarget }) => onChange(offer(question, kind, usual.value, currentTarget.checked))}
          />
          <TextInput
            aria-label={text.question.optionLabel(usual.label)}
            disabled={offered === undefined}
            value={offered?.label ?? usual.label}
            maxLength={120}
            error={place < 0 ? undefined : problem(`options.${place}.label`)}
            onChange={({ currentTarget: { value: label } }) =>
              onChange({
                ...question,
                options: question.options.map((option) =>
                  option.value === usual.value ? { ...option, label } : option,
                ),
              })
            }
          />
        </div>
      );
    })}
  </fieldset>
);

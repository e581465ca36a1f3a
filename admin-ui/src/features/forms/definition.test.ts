import { expect, it } from 'vitest';
import {
  addStep,
  ask,
  askNoMore,
  type Definition,
  definitionOf,
  move,
  moveToStep,
  offer,
  problemsOf,
  type Question,
  same,
  unasked,
} from './definition';
import type { FieldKind, Version } from './queries';

const question = (field: Question['field'], options: Question['options'] = []): Question => ({
  field,
  label: field,
  help: '',
  required: field === 'NAME',
  problem: '',
  options,
});
const kind = (field: Question['field'], values: string[] = []): FieldKind => ({
  field,
  type: values.length > 0 ? 'RADIO' : 'TEXT',
  usual: question(
    field,
    values.map((value) => ({ value, label: `The usual ${value}` })),
  ),
});
const form = (...steps: Question['field'][][]): Definition => ({
  heading: 'Write',
  intro: '',
  button: 'Send',
  thanks: 'Thank you.',
  steps: steps.map((fields) => ({ title: '', fields: fields.map((field) => question(field)) })),
});
const asked = ({ steps }: Definition) => steps.map(({ fields }) => fields.map(({ field }) => field));

it('sends nothing that was only read', () => {
  const read = { ...form(['NAME']), __typename: 'LeadFormDefinition' } as unknown as Version['definition'];
  expect(definitionOf(read)).toEqual(form(['NAME']));
  expect(same(form(['NAME']), form(['NAME', 'PHONE']))).toBe(false);
});

it('asks for each field once', () => {
  const kinds = [kind('NAME'), kind('PHONE'), kind('MESSAGE')];
  const left = unasked(form(['NAME'], ['MESSAGE']), kinds);
  expect(left.map(({ field }) => field)).toEqual(['PHONE']);
  expect(asked(ask(form(['NAME'], []), 1, kind('PHONE')))).toEqual([['NAME'], ['PHONE']]);
  expect(asked(askNoMore(form(['NAME', 'PHONE']), { step: 0, index: 1 }))).toEqual([['NAME']]);
});

it('moves a question within its step and to another', () => {
  const three = form(['NAME', 'PHONE', 'EMAIL'], ['MESSAGE']);
  expect(asked(move(three, { step: 0, index: 2 }, 0))[0]).toEqual(['EMAIL', 'NAME', 'PHONE']);
  expect(asked(move(three, { step: 0, index: 0 }, 2))[0]).toEqual(['PHONE', 'EMAIL', 'NAME']);
  expect(asked(moveToStep(three, { step: 0, index: 1 }, 1))).toEqual([
    ['NAME', 'EMAIL'],
    ['MESSAGE', 'PHONE'],
  ]);
  expect(asked(addStep(three))).toHaveLength(3);
});

it('offers answers in the order in which they are known, in the words they had', () => {
  const age = kind('UNDER_AGE', ['NOT_SAID', 'NO', 'YES']);
  const one = offer(question('UNDER_AGE', [{ value: 'YES', label: 'Yes, under 18' }]), age, 'NO', true);
  expect(one.options).toEqual([
    { value: 'NO', label: 'The usual NO' },
    { value: 'YES', label: 'Yes, under 18' },
  ]);
  expect(offer(one, age, 'YES', false).options.map(({ value }) => value)).toEqual(['NO']);
});

it('puts each sentence where it belongs', () => {
  const problems = problemsOf([
    { message: 'Fill in the label.', path: ['input', 'definition', 'steps', '0', 'fields', '1', 'label'] },
    { message: 'Name it.', path: ['input', 'title'] },
    { message: 'Try again.', path: [] },
  ]);
  expect(problems.at).toEqual({ 'steps.0.fields.1.label': 'Fill in the label.', title: 'Name it.' });
  expect(problems.rest).toEqual(['Try again.']);
});

import type { Field, FieldKind, Version } from './queries';

export type Choice = { value: string; label: string };
export type Question = {
  field: Field;
  label: string;
  help: string;
  required: boolean;
  problem: string;
  options: Choice[];
};
export type Step = { title: string; fields: Question[] };
export type Definition = { heading: string; intro: string; button: string; thanks: string; steps: Step[] };

/** Where a question stands: its step, and its place in that. */
export type Place = { step: number; index: number };

const questionOf = ({ field, label, help, required, problem, options }: Question): Question => ({
  field,
  label,
  help,
  required,
  problem,
  options: options.map(({ value, label: words }) => ({ value, label: words })),
});

/** As it is written and sent: what was read has names of types in it. */
export const definitionOf = ({ heading, intro, button, thanks, steps }: Version['definition']): Definition => ({
  heading,
  intro,
  button,
  thanks,
  steps: steps.map(({ title, fields }) => ({ title, fields: fields.map(questionOf) })),
});

export const same = (one: Definition, other: Definition): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What the form does not ask for yet, in the usual order. */
export const unasked = (definition: Definition, kinds: readonly FieldKind[]): FieldKind[] => {
  const asked = new Set(definition.steps.flatMap(({ fields }) => fields.map(({ field }) => field)));
  return kinds.filter(({ field }) => !asked.has(field));
};

const withStep = (definition: Definition, step: number, change: (step: Step) => Step): Definition => ({
  ...definition,
  steps: definition.steps.map((each, place) => (place === step ? change(each) : each)),
});

export const entitle = (definition: Definition, step: number, title: string): Definition =>
  withStep(definition, step, (each) => ({ ...each, title }));

export const ask = (definition: Definition, step: number, kind: FieldKind): Definition =>
  withStep(definition, step, (each) => ({ ...each, fields: [...each.fields, questionOf(kind.usual)] }));

export const askOtherwise = (definition: Definition, { step, index }: Place, question: Question): Definition =>
  withStep(definition, step, (each) => ({
    ...each,
    fields: each.fields.map((before, place) => (place === index ? question : before)),
  }));

export const askNoMore = (definition: Definition, { step, index }: Place): Definition =>
  withStep(definition, step, (each) => ({ ...each, fields: each.fields.filter((_, place) => place !== index) }));

/** Within its step. */
export const move = (definition: Definition, { step, index }: Place, to: number): Definition =>
  withStep(definition, step, ({ title, fields }) => {
    const moved = fields[index];
    const rest = fields.filter((_, place) => place !== index);
    return { title, fields: moved === undefined ? fields : [...rest.slice(0, to), moved, ...rest.slice(to)] };
  });

/** To the end of another step. */
export const moveToStep = (definition: Definition, place: Place, step: number): Definition => {
  const moved = definition.steps[place.step]?.fields[place.index];
  if (moved === undefined || step === place.step) return definition;
  return withStep(askNoMore(definition, place), step, (each) => ({ ...each, fields: [...each.fields, moved] }));
};

export const addStep = (definition: Definition): Definition => ({
  ...definition,
  steps: [...definition.steps, { title: '', fields: [] }],
});

export const removeStep = (definition: Definition, step: number): Definition => ({
  ...definition,
  steps: definition.steps.filter((_, place) => place !== step),
});

/** Answers in the order in which they are known; those that are not offered are left out. */
export const offer = (question: Question, kind: FieldKind, value: string, offered: boolean): Question => ({
  ...question,
  options: kind.usual.options.flatMap((usual) => {
    const before = question.options.find((option) => option.value === usual.value);
    if (usual.value === value) return offered ? [before ?? { value, label: usual.label }] : [];
    return before === undefined ? [] : [before];
  }),
});

/** Fields of which the server may say that they are missing or wrong. */
const judged: readonly Field[] = ['NAME', 'PHONE', 'EMAIL', 'MESSAGE', 'INSURANCE', 'PREFERRED', 'BEST_TIME'];
export const isJudged = (field: Field): boolean => judged.includes(field);
/** Fields of which a form chooses whether they must be filled in. */
export const mayBeRequired = (field: Field): boolean => field === 'PHONE' || field === 'EMAIL';

export type Problems = { at: { [path: string]: string }; rest: string[] };

/** The server's sentences by where they belong: `["input","definition","steps","0","title"]` is at `steps.0.title`. */
export const problemsOf = (userErrors: readonly { message: string; path: string[] }[]): Problems => {
  const problems: Problems = { at: {}, rest: [] };
  for (const { message, path } of userErrors) {
    const [, first, ...below] = path;
    const place = (first === 'definition' ? below : [first, ...below]).join('.');
    if (place === '') problems.rest.push(message);
    else problems.at[place] ??= message;
  }
  return problems;
};

import { describe, expect, it } from 'vitest';
import { type Field, freshValue, humanName, readKind } from './definition';
import { inventedKind } from './fixtures';

const field = (name: string): Field => {
  const found = inventedKind.fields.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no field ${name}`);
  return found;
};

const bare = (schema: unknown) => readKind({ kind: 'x', title: 'X', description: '', icon: '', empty: {}, schema });

describe('a kind read from its schema', () => {
  it('has the heading first, then what is required in its order, then the rest', () => {
    const names = inventedKind.fields.map(({ name }) => name);
    expect(names.slice(0, 5)).toEqual(['heading', 'method', 'steps', 'tags', 'helpers']);
    expect(new Set(names).size).toBe(14);
  });

  it('keeps the order the server names', () => {
    const properties = { a: { type: 'string' }, b: { type: 'string' }, heading: { type: 'string' } };
    const kind = bare({ properties, required: ['a'], 'x-order': ['b', 'heading', 'a'] });
    expect(kind.fields.map(({ name }) => name)).toEqual(['b', 'heading', 'a']);
  });

  it('reads what each field is drawn as', () => {
    expect(field('cook')).toMatchObject({
      widget: 'reference',
      targets: ['PERSON'],
      nullable: true,
      help: 'As in “Ann”.',
    });
    expect(field('places')).toMatchObject({ widget: 'references', targets: ['LOCATION'] });
    expect(field('serves')).toMatchObject({ widget: 'integer', min: 1, max: 4, nullable: false });
    expect(field('shape')).toMatchObject({ widget: 'unknown' });
    expect(field('tags')).toMatchObject({ widget: 'list', item: { widget: 'line' } });
    expect(field('helpers')).toMatchObject({
      item: { widget: 'group', fields: [{ name: 'who', targets: ['CONTACT_POINT'] }, { name: 'what' }] },
    });
    expect(field('diet')).toMatchObject({
      widget: 'select',
      options: [
        { value: 'ANY', label: 'Any', help: 'For everybody.' },
        { value: 'LOW_SALT', label: 'Low salt' },
      ],
    });
  });

  it('guesses from the type where there is no hint', () => {
    const kind = bare({
      properties: {
        a: { type: 'string' },
        b: { anyOf: [{ type: 'integer', minimum: 3 }, { type: 'null' }] },
        c: { enum: ['ONE', 'TWO'] },
        d: { type: 'object', properties: { e: { type: 'boolean' } } },
      },
    });
    expect(kind.fields).toMatchObject([
      { widget: 'line' },
      { widget: 'integer', nullable: true, min: 3 },
      { widget: 'select', options: [{ label: 'One' }, { label: 'Two' }] },
      { widget: 'group', fields: [{ widget: 'switch' }] },
    ]);
  });

  it('begins a new item with something for every field', () => {
    const steps = field('steps');
    const item = steps.widget === 'list' ? freshValue(steps.item) : null;
    expect(item).toEqual({
      key: expect.stringMatching(/^[A-Za-z0-9_-]{1,40}$/),
      title: '',
      text: { type: 'doc', v: 1, content: [] },
    });
  });

  it('survives a schema that is none', () => {
    expect(bare(null).fields).toEqual([]);
    expect(bare({ properties: { a: null } }).fields).toMatchObject([{ widget: 'unknown' }]);
  });
});

it('names as a person reads them', () => {
  expect(humanName('contactPoint')).toBe('Contact point');
  expect(humanName('CONTACT_POINT')).toBe('Contact point');
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type BreakingChange,
  BreakingChangeType,
  buildSchema,
  DangerousChangeType,
  findBreakingChanges,
  findDangerousChanges,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { type Side, sdl, sides } from './support/endpoints.ts';

/** A change that breaks clients and is made all the same. */
type Allowed = { schema: Side; type: `${BreakingChangeType}`; description: string; reason: string };

const released = (name: string): string => readFileSync(join(import.meta.dirname, 'released', name), 'utf8');
const allowed = JSON.parse(released('allowed.json')) as Allowed[];

describe.each(sides)('Since the last release the %s schema', (side) => {
  const before = buildSchema(released(`${side}.graphql`));
  const now = buildSchema(sdl(side));
  const { refused, stale } = judge(findBreakingChanges(before, now), side, allowed);

  test('breaks nobody', () => {
    expect(refused, 'Undo it, or list it in tests/conformance/released/allowed.json with the reason.').toEqual([]);
  });

  test('has made every change that is allowed', () => {
    expect(stale, 'Take it out of tests/conformance/released/allowed.json.').toEqual([]);
  });

  // An old client goes on and may meet what it does not know: worth a look, no failure.
  test('changed what is dangerous within sight', () => {
    for (const { type, description } of findDangerousChanges(before, now)) {
      // biome-ignore lint/suspicious/noConsole: Whoever runs the tests is to see it.
      console.info(`${side}: ${type}: ${description}`);
    }
  });
});

test('Every allowed change has a reason', () => {
  for (const each of allowed) {
    expect(sides).toContain(each.schema);
    expect(Object.keys(BreakingChangeType)).toContain(each.type);
    expect(each.reason.trim(), each.description).not.toBe('');
  }
});

describe('What is found', () => {
  const before = buildSchema('type Query { here: String there(a: Int): String } enum E { ONE }');
  const removed = { type: BreakingChangeType.FIELD_REMOVED, description: 'Query.here was removed.' };

  test('A removed field is refused', () => {
    const now = buildSchema('type Query { there(a: Int): String } enum E { ONE }');
    expect(judge(findBreakingChanges(before, now), 'public', [])).toEqual({ refused: [removed], stale: [] });
  });

  test('A required argument and a field that may be null are refused', () => {
    const found = findBreakingChanges(
      buildSchema('type Query { here: String! there(a: Int): String }'),
      buildSchema('type Query { here: String there(a: Int, b: Int!): String }'),
    );
    expect(found.map(({ type }) => type).sort()).toEqual([
      BreakingChangeType.FIELD_CHANGED_KIND,
      BreakingChangeType.REQUIRED_ARG_ADDED,
    ]);
  });

  test('An allowed one is let through, on its own side only', () => {
    const now = buildSchema('type Query { there(a: Int): String } enum E { ONE }');
    const entry: Allowed = { schema: 'public', ...removed, reason: 'Nobody asked for it.' };
    expect(judge(findBreakingChanges(before, now), 'public', [entry])).toEqual({ refused: [], stale: [] });
    expect(judge(findBreakingChanges(before, now), 'admin', [entry]).refused).toEqual([removed]);
    expect(judge([], 'public', [entry]).stale).toEqual([entry]);
  });

  test('A new enum value is dangerous and breaks nobody', () => {
    const now = buildSchema('type Query { here: String there(a: Int): String } enum E { ONE TWO }');
    expect(findBreakingChanges(before, now)).toEqual([]);
    expect(findDangerousChanges(before, now).map(({ type }) => type)).toEqual([
      DangerousChangeType.VALUE_ADDED_TO_ENUM,
    ]);
  });
});

/** Which changes nobody allowed, and which allowed ones were not made. */
function judge(changes: BreakingChange[], side: Side, list: Allowed[]) {
  const mine = list.filter(({ schema }) => schema === side);
  const same = (change: BreakingChange, entry: Allowed) =>
    change.type === entry.type && change.description === entry.description;
  return {
    refused: changes.filter((change) => !mine.some((entry) => same(change, entry))),
    stale: mine.filter((entry) => !changes.some((change) => same(change, entry))),
  };
}

import { expect, it } from 'vitest';
import { changesSoon, nameOf, outcomeOf, readable, summaryOf } from './delivery';

const now = Date.parse('2026-11-26T12:00:00Z');
const later = '2026-11-26T12:05:00Z';
const before = '2026-11-26T11:59:59Z';

it('says what became of a message', () => {
  expect(outcomeOf({ deliveredAt: before, nextAttemptAt: null }, now)).toEqual({ kind: 'taken' });
  expect(outcomeOf({ deliveredAt: null, nextAttemptAt: null }, now)).toEqual({ kind: 'givenUp' });
  expect(outcomeOf({ deliveredAt: null, nextAttemptAt: later }, now)).toEqual({ kind: 'waiting', until: later });
  expect(outcomeOf({ deliveredAt: null, nextAttemptAt: before }, now)).toEqual({ kind: 'onItsWay' });
});

it('sums up what a message touches', () => {
  const body = JSON.stringify({ type: 'content.changed', data: { ids: ['pag_1'], paths: ['/a', '/b'], tags: ['x'] } });
  expect(summaryOf(body)).toEqual({ type: 'content.changed', paths: ['/a', '/b'], tags: 1 });
  expect(summaryOf('{"type":"ping","data":{}}')).toEqual({ type: 'ping', paths: [], tags: 0 });
});

it('takes what it does not understand for nothing', () => {
  for (const body of ['', 'no JSON', 'null', '[]', '{"type":1,"data":{"paths":"/a","tags":null}}', '{"data":null}']) {
    expect(summaryOf(body)).toEqual({ type: '', paths: [], tags: 0 });
  }
  expect(summaryOf('{"type":"x","data":{"paths":["/a",1]}}').paths).toEqual(['/a']);
});

it('breaks JSON into lines and leaves the rest', () => {
  expect(readable('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(readable('no JSON')).toBe('no JSON');
});

it('looks again soon only for what is tried soon', () => {
  expect(changesSoon([{ nextAttemptAt: null }, { nextAttemptAt: later }], now)).toBe(false);
  expect(changesSoon([{ nextAttemptAt: before }], now)).toBe(true);
  expect(changesSoon([{ nextAttemptAt: '2026-11-26T12:00:05Z' }], now)).toBe(true);
});

it('calls a webhook by what it is for, or by where it leads', () => {
  expect(nameOf({ description: 'The site', url: 'https://a.example/x' })).toBe('The site');
  expect(nameOf({ description: '', url: 'https://a.example/x' })).toBe('a.example/x');
});

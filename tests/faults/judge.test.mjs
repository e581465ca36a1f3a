import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge, noFault } from './support/judge.mjs';

const whole = { name: 'S••', email: 's•••@•••.org', consent: { version: 1 }, timeline: [{ kind: 'RECEIVED' }] };
const entries = [
  ['key-1', 'HS-AAAAA'],
  ['key-2', 'HS-BBBBB'],
  ['key-1', 'HS-AAAAA'],
];
const leads = [
  { reference: 'HS-AAAAA', ...whole },
  { reference: 'HS-BBBBB', ...whole },
];
const fine = { ...noFault, acknowledged: 2 };

test('nothing is found where all is well', () => {
  assert.deepEqual(judge(entries, leads), fine);
});

test('a lead that is gone is found', () => {
  assert.deepEqual(judge(entries, leads.slice(1)), { ...fine, lost: ['HS-AAAAA'] });
});

test('a lead that is there twice is found, and one that nobody was told of', () => {
  const more = [...leads, { reference: 'HS-BBBBB', ...whole }, { reference: 'HS-CCCCC', ...whole }];
  assert.deepEqual(judge(entries, more), { ...fine, doubled: ['HS-BBBBB', 'HS-CCCCC'] });
});

test('a key that was told two references is found', () => {
  const more = [...entries, ['key-2', 'HS-AAAAA']];
  assert.deepEqual(judge(more, leads), { ...fine, contradicted: ['HS-AAAAA'] });
});

test('two keys that were told one reference are found', () => {
  const more = [...entries, ['key-3', 'HS-AAAAA']];
  assert.deepEqual(judge(more, leads), { ...fine, acknowledged: 3, shared: ['HS-AAAAA'] });
});

test('a lead that is not whole is found', () => {
  for (const part of [{ name: '(unreadable)' }, { email: '(unreadable)' }, { consent: null }, { timeline: [] }]) {
    const torn = [{ ...leads[0], ...part }, leads[1]];
    assert.deepEqual(judge(entries, torn), { ...fine, broken: ['HS-AAAAA'] });
  }
});

import { CombinedError } from 'urql';
import { expect, it } from 'vitest';
import { type Compared, judge } from './useComparison';

const pair = { from: 'a', to: 'b' };
const between = (from: string, to: string) => ({ from: { id: from }, to: { id: to }, fields: [], blocks: [] });
const compared = between('a', 'b') as unknown as Compared;
const refusal = (code: string) => new CombinedError({ graphQLErrors: [{ message: 'No.', extensions: { code } }] });
const never = () => {
  throw new Error('not asked');
};

it('a comparison is shown once it is that of the two versions, and they are the entry’s own', () => {
  expect(judge(pair, { fetching: false, compared }, () => true)).toEqual({ kind: 'compared', compared });
  expect(judge(pair, { fetching: false, compared }, () => undefined)).toEqual({ kind: 'comparing' });
  expect(judge(pair, { fetching: false, compared }, () => false)).toEqual({ kind: 'unknown' });
  const before = between('x', 'y') as unknown as Compared;
  expect(judge(pair, { fetching: true, compared: before }, never)).toEqual({ kind: 'comparing' });
});

it('versions that are not there, or not of one entry, are told from a server that fails', () => {
  expect(judge(pair, { fetching: false, compared: null }, never)).toEqual({ kind: 'unknown' });
  expect(judge(pair, { fetching: false, error: refusal('BAD_INPUT'), compared: null }, never).kind).toBe('unknown');
  expect(judge(pair, { fetching: false, error: refusal('INTERNAL'), compared: null }, never).kind).toBe('failed');
});

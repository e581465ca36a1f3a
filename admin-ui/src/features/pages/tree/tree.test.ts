import { expect, it } from 'vitest';
import {
  type Branch,
  type Branches,
  canStandBelow,
  linesOf,
  nextBeginning,
  restId,
  stepOf,
  type TreePage,
} from './tree';

const page = (id: string, childCount = 0, path = `/${id}`): TreePage => ({
  id,
  title: id,
  path,
  status: 'LIVE',
  childCount,
});
const branch = (pages: TreePage[], rest: Partial<Branch> = {}): Branch => ({
  pages,
  total: pages.length,
  state: 'ready',
  next: null,
  ...rest,
});

const detox = page('detox', 2);
const branches: Branches = new Map([
  [null, branch([page('about'), detox, page('rehab', 1)])],
  ['detox', branch([page('alcohol', 0, '/detox/alcohol'), page('drugs', 0, '/detox/drugs')], { next: 'on', total: 9 })],
]);
const closed = new Set<string>();
const opened = new Set(['detox']);
const ids = (open: ReadonlySet<string>) => linesOf(branches, open).map(({ id }) => id);
const press = (key: string, here: string, open = opened) => stepOf(linesOf(branches, open), open, here, key);

it('shows what is open, with a line to read on where a branch goes on', () => {
  expect(ids(closed)).toEqual(['about', 'detox', 'rehab']);
  expect(ids(opened)).toEqual(['about', 'detox', 'alcohol', 'drugs', restId('detox'), 'rehab']);
  expect(linesOf(branches, opened).map(({ level }) => level)).toEqual([1, 1, 2, 2, 2, 1]);
});

it('shows nothing of a page that is open and has nothing below it any more', () => {
  const emptied = new Map(branches).set(null, branch([page('detox', 0)]));
  expect(linesOf(emptied, opened).map(({ id }) => id)).toEqual(['detox']);
});

it('goes up and down over what is in sight and stops at both ends', () => {
  expect(press('ArrowDown', 'detox')).toEqual({ go: 'alcohol' });
  expect(press('ArrowDown', 'detox', closed)).toEqual({ go: 'rehab' });
  expect(press('ArrowUp', 'rehab')).toEqual({ go: restId('detox') });
  expect(press('ArrowUp', 'about')).toBeNull();
  expect(press('ArrowDown', 'rehab')).toBeNull();
  expect(press('Home', 'drugs')).toEqual({ go: 'about' });
  expect(press('End', 'about')).toEqual({ go: 'rehab' });
});

it('opens to the right, then goes in', () => {
  expect(press('ArrowRight', 'detox', closed)).toEqual({ open: 'detox' });
  expect(press('ArrowRight', 'detox')).toEqual({ go: 'alcohol' });
  expect(press('ArrowRight', 'about')).toBeNull();
});

it('waits with going in until what is below has been read', () => {
  expect(press('ArrowRight', 'rehab', new Set(['rehab']))).toBeNull();
});

it('goes out to the left, then closes', () => {
  expect(press('ArrowLeft', restId('detox'))).toEqual({ go: 'detox' });
  expect(press('ArrowLeft', 'drugs')).toEqual({ go: 'detox' });
  expect(press('ArrowLeft', 'detox')).toEqual({ close: 'detox' });
  expect(press('ArrowLeft', 'detox', closed)).toBeNull();
});

it('finds the next title by its first letter, around the end', () => {
  const lines = linesOf(branches, opened);
  expect(nextBeginning(lines, 'about', 'D')).toBe('detox');
  expect(nextBeginning(lines, 'detox', 'd')).toBe('drugs');
  expect(nextBeginning(lines, 'drugs', 'a')).toBe('about');
  expect(nextBeginning(lines, 'about', 'x')).toBeNull();
});

it('knows where a page can go', () => {
  const placed = { page: detox, parent: null };
  const below = { page: page('alcohol', 0, '/detox/alcohol'), parent: 'detox' };
  const likeIt = { page: page('detoxing', 0, '/detoxing'), parent: null };
  expect(canStandBelow(placed, placed)).toBe(false);
  expect(canStandBelow(placed, below)).toBe(false);
  expect(canStandBelow(placed, likeIt)).toBe(true);
  expect(canStandBelow(placed, null)).toBe(false);
  expect(canStandBelow(below, null)).toBe(true);
  expect(canStandBelow(below, placed)).toBe(false);
  expect(canStandBelow({ page: page('home', 0, '/'), parent: null }, placed)).toBe(false);
});

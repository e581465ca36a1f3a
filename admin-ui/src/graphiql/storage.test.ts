import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { begin, storage } from './storage';

const first = { query: '{ site { name } }', variables: '{}' };
const editors = () => [storage.getItem('graphiql:query'), storage.getItem('graphiql:variables')];

beforeEach(() => {
  storage.clear();
  localStorage.clear();
});
afterEach(() => vi.restoreAllMocks());

describe('the storage', () => {
  it('is the browser’s, of which it clears its own part only', () => {
    localStorage.setItem('hillside-color-scheme', 'dark');
    storage.setItem('graphiql:theme', 'light');
    expect(localStorage.getItem('graphiql:theme')).toBe('light');
    storage.clear();
    expect(storage.getItem('graphiql:theme')).toBeNull();
    expect(localStorage.getItem('hillside-color-scheme')).toBe('dark');
  });

  it('is a memory where the browser has none', () => {
    vi.spyOn(globalThis, 'localStorage', 'get').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    storage.setItem('graphiql:theme', 'light');
    expect(storage.getItem('graphiql:theme')).toBe('light');
    expect(storage.length).toBe(1);
    storage.removeItem('graphiql:theme');
    expect(storage.getItem('graphiql:theme')).toBeNull();
  });
});

describe('the beginning', () => {
  it('is the first example on the first visit', () => {
    begin(first);
    expect(editors()).toEqual([first.query, first.variables]);
  });

  it('is the tab that was open last', () => {
    const tabs = [first, { query: '{ node(id: 1) { id } }', variables: null }];
    storage.setItem('graphiql:tabState', JSON.stringify({ tabs, activeTabIndex: 1 }));
    begin(first);
    expect(editors()).toEqual(['{ node(id: 1) { id } }', '']);
  });

  it('is the first example where what was kept is no longer understood', () => {
    storage.setItem('graphiql:tabState', 'nonsense');
    begin(first);
    expect(editors()).toEqual([first.query, first.variables]);
  });
});

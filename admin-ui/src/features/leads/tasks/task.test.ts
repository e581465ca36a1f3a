import { expect, test } from 'vitest';
import { dueWords, isOverdue, notesOf, overdueOf, parted } from './task';

const now = new Date(2026, 10, 24, 14, 0).getTime();
const task = (minutes: number, doneAt: string | null = null) => ({
  dueAt: new Date(now + minutes * 60_000).toISOString(),
  doneAt,
});

test('a task is overdue from when it is due until it is done', () => {
  expect(isOverdue(task(1), now)).toBe(false);
  expect(isOverdue(task(0), now)).toBe(true);
  expect(isOverdue(task(-60, '2026-11-24T13:00:00Z'), now)).toBe(false);
});

test('when it is due is said, or since when it is late', () => {
  expect(dueWords(task(30), now)).toBe('due 14:30');
  expect(dueWords(task(-30), now)).toBe('overdue since 13:30');
});

test('late ones are counted, and done ones stand apart', () => {
  const tasks = [task(-5), task(-1), task(10), task(-90, '2026-11-24T13:00:00Z')];
  expect(overdueOf(tasks, now)).toBe(2);
  expect(parted(tasks)).toEqual({ open: tasks.slice(0, 3), done: tasks.slice(3) });
});

test('words that may have changed since they were revealed are not shown', () => {
  const revealed = [
    { id: 'a', version: 1, note: 'Ask for her sister.' },
    { id: 'b', version: 1, note: 'Before noon.' },
    { id: 'c', version: 1, note: null },
  ];
  const tasks = [
    { id: 'a', version: 1 },
    { id: 'b', version: 2 },
    { id: 'c', version: 1 },
  ];
  expect([...notesOf(tasks, revealed)]).toEqual([['a', 'Ask for her sister.']]);
});

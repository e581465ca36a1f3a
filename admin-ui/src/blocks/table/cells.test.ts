import { describe, expect, it } from 'vitest';
import { readCells } from './cells';

describe('cells from a spreadsheet', () => {
  it('are kept apart by tabs and line breaks', () => {
    expect(readCells('a\tb\r\nc\td\r\n')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(readCells('a\t\tc\n\tb\t')).toEqual([
      ['a', '', 'c'],
      ['', 'b', ''],
    ]);
  });

  it('may be quoted, with line breaks, tabs and quotes in them', () => {
    expect(readCells('"one\ntwo"\t"a ""word"""\nplain "q"\tx')).toEqual([
      ['one two', 'a "word"'],
      ['plain "q"', 'x'],
    ]);
    expect(readCells('"a\tb"\tc')).toEqual([['a b', 'c']]);
    expect(readCells('"one\ntwo"')).toEqual([['one two']]);
  });

  it('keep their commas', () => {
    expect(readCells('1,5\t2,5\n3,5\t4,5')).toEqual([
      ['1,5', '2,5'],
      ['3,5', '4,5'],
    ]);
  });
});

describe('cells from a CSV file', () => {
  it('are kept apart by commas or semicolons', () => {
    expect(readCells('\uFEFFDose,low,\nWatched,yes,no\n')).toEqual([
      ['Dose', 'low', ''],
      ['Watched', 'yes', 'no'],
    ]);
    expect(readCells('Dose;1,5\nWeight;70')).toEqual([
      ['Dose', '1,5'],
      ['Weight', '70'],
    ]);
  });

  it('may be quoted, with commas, line breaks and quotes in them', () => {
    expect(readCells('Signs,"sleep, hunger"\nSaid,"a ""word""\nor two"')).toEqual([
      ['Signs', 'sleep, hunger'],
      ['Said', 'a "word" or two'],
    ]);
    expect(readCells('"a","b"')).toEqual([['a', 'b']]);
  });
});

describe('words', () => {
  it('of one line are one cell', () => {
    for (const words of ['one cell', 'one line\n', 'sleep, hunger', 'sleep,hunger', '"So", he said', '"unfinished']) {
      expect(readCells(words)).toBeNull();
    }
  });

  it('of several lines are a cell each, whatever commas they have', () => {
    expect(readCells('a\nb')).toEqual([['a'], ['b']]);
    expect(readCells('sleep, hunger\npain, fear')).toEqual([['sleep, hunger'], ['pain, fear']]);
    expect(readCells('sleep,hunger\npain')).toEqual([['sleep,hunger'], ['pain']]);
  });
});

import { describe, expect, it } from 'vitest';
import { readCells as read } from './cells';

const readCells = (text: string, html = '') => read({ text, html });

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

  it('may have a space behind the comma', () => {
    expect(readCells('Cost, Low, High\nTwo, 1, 2')).toEqual([
      ['Cost', 'Low', 'High'],
      ['Two', '1', '2'],
    ]);
    expect(readCells('Signs, "sleep, hunger"\nSaid, nothing')).toEqual([
      ['Signs', 'sleep, hunger'],
      ['Said', 'nothing'],
    ]);
  });

  it('may be missing at the end of a line', () => {
    expect(readCells('Cost, Low, High\nOne, 1\n\nTwo, 1, 2')).toEqual([
      ['Cost', 'Low', 'High'],
      ['One', '1', ''],
      ['Two', '1', '2'],
    ]);
    expect(readCells('Cost,Low\nTwo,1,2')).toEqual([
      ['Cost', 'Low', ''],
      ['Two', '1', '2'],
    ]);
  });
});

describe('words', () => {
  it('of one line are one cell', () => {
    for (const words of ['one cell', 'one line\n', 'sleep, hunger', 'sleep,hunger', '"So", he said', '"unfinished']) {
      expect(readCells(words)).toBeNull();
    }
  });

  it('of several lines are one cell, unless they come out of a table', () => {
    const lines = ['a\nb', 'sleep,hunger\npain', 'It begins slowly, as a rule.\nIt ends, mostly, within a week.'];
    for (const words of [...lines, 'First this, then that.\nOne, two.', '"So," he said.\nThen, he left.']) {
      expect(readCells(words)).toBeNull();
    }
    const html = '<meta charset="utf-8"><table border="0"><tr><td>a</td></tr></table>';
    expect(readCells('a\nb', html)).toEqual([['a'], ['b']]);
    expect(readCells('sleep, hunger\npain, fear', html)).toEqual([['sleep, hunger'], ['pain, fear']]);
    expect(readCells('one cell', html)).toBeNull();
  });
});

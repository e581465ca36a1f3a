import { expect, it } from 'vitest';
import { csvOf } from './csv';

it('writes a table that every spreadsheet reads', () => {
  expect(
    csvOf(
      [
        ['Page', 'Received'],
        ['Detox, "gently"', 12],
        ['Two\nlines', null],
      ],
      'under 5',
    ),
  ).toBe('Page,Received\r\n"Detox, ""gently""",12\r\n"Two\nlines",under 5\r\n');
});

it('writes nothing that a spreadsheet would work out', () => {
  const cells = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', 'a=1', '=HYPERLINK("http://x")'];
  expect(cells.map((cell) => csvOf([[cell]], ''))).toEqual([
    "'=1+1\r\n",
    "'+1\r\n",
    "'-1\r\n",
    "'@SUM(A1)\r\n",
    "'\t=1\r\n",
    '"\'\r=1"\r\n',
    'a=1\r\n',
    '"\'=HYPERLINK(""http://x"")"\r\n',
  ]);
});

/*
 * Cells as other programs put them on the clipboard. Spreadsheets and word processors put tabs between cells; a CSV file
 * has commas, or semicolons where the comma is for decimals. Quotes stand around a cell that holds one of these or a line
 * break, and are doubled within.
 */

const records = (source: string, delimiter: string | null): string[][] => {
  // People put a space behind a comma; a tab stands alone.
  const before = delimiter === '\t' ? (cell: string) => cell : (cell: string) => cell.trimStart();
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const end = () => {
    rows.at(-1)?.push(cell);
    cell = '';
  };
  for (let place = 0; place < source.length; place += 1) {
    const letter = source[place] ?? '';
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (source[place + 1] === '"') {
        cell += '"';
        place += 1;
      } else quoted = false;
    } else if (letter === '"' && before(cell) === '') {
      quoted = true;
      cell = '';
    } else if (letter === delimiter) end();
    else if (letter === '\n') {
      end();
      rows.push([]);
    } else cell += letter;
  }
  end();
  return rows;
};

/** A line that ends as a sentence does, with a space behind its commas. */
const isSentence = (row: readonly string[]) =>
  /[.!?…]["”’)]?\s*$/.test(row.at(-1) ?? '') && row.slice(1).every((cell) => /^\s/.test(cell));

/**
 * Sentences have commas too. It is a file's when every line has some and most have as many as the first; a single line
 * must begin with a quoted cell and have no space behind them. Lines that somebody left too short are filled up.
 */
const fromFile = (source: string, delimiter: string): string[][] | null => {
  const rows = records(source, delimiter).filter((row) => row.length > 1 || row[0]?.trim() !== '');
  const width = rows[0]?.length ?? 0;
  const spaced = rows.some((row) => row.some((cell) => /^\s+\S/.test(cell)));
  if (rows.some((row) => row.length < 2 || isSentence(row))) return null;
  if (rows.length === 1 && (spaced || !source.startsWith('"'))) return null;
  const alike = rows.filter((row) => row.length === width).length / rows.length;
  // Of two lines that differ only the first is like itself; that tells a file only where nothing looks like words.
  if (spaced ? alike <= 0.5 : alike < 0.5) return null;
  const widest = Math.max(...rows.map((row) => row.length));
  return rows.map((row) => Array.from({ length: widest }, (_, place) => row[place] ?? ''));
};

/** Lines of a spreadsheet's only column, or what was one cell with line breaks in it. */
const fromColumn = (source: string, isTable: boolean): string[][] | null => {
  const rows = records(source, null);
  const isQuoted = rows.length === 1 && source.startsWith('"') && source.endsWith('"') && source.includes('\n');
  return isQuoted || (isTable && rows.length > 1) ? rows : null;
};

/** Rows of cells, each in one line; null when it is only words for one cell. */
export const readCells = (clipboard: { text: string; html: string }): string[][] | null => {
  const source = clipboard.text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/\n+$/, '');
  const isTable = /<table[\s>]/i.test(clipboard.html);
  const rows = source.includes('\t')
    ? records(source, '\t')
    : // Whoever says where the cells are means the commas as they stand.
      ((isTable ? null : (fromFile(source, ',') ?? fromFile(source, ';'))) ?? fromColumn(source, isTable));
  return rows === null ? null : rows.map((row) => row.map(inOneLine));
};

/** A cell has one line. */
export const inOneLine = (words: string): string => words.replace(/\s+/g, ' ').trim();

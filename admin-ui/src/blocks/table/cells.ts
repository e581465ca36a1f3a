/*
 * Cells as other programs put them on the clipboard. Spreadsheets and word processors put tabs between cells; a CSV file
 * has commas, or semicolons where the comma is for decimals. Quotes stand around a cell that holds one of these or a line
 * break, and are doubled within.
 */

const records = (source: string, delimiter: string | null): string[][] => {
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
    } else if (letter === '"' && cell === '') quoted = true;
    else if (letter === delimiter) end();
    else if (letter === '\n') {
      end();
      rows.push([]);
    } else cell += letter;
  }
  end();
  return rows;
};

/**
 * Sentences have commas too. It is a file's when every line has as many of them, with no space behind; a single line
 * must begin with a quoted cell.
 */
const separates = (source: string, delimiter: string): boolean => {
  const rows = records(source, delimiter);
  const width = rows[0]?.length ?? 0;
  return (
    width > 1 &&
    (rows.length > 1 || source.startsWith('"')) &&
    rows.every((row) => row.length === width && row.every((cell) => !/^\s+\S/.test(cell)))
  );
};

const delimiterOf = (source: string): string | null => {
  if (source.includes('\t')) return '\t';
  return [',', ';'].find((delimiter) => separates(source, delimiter)) ?? null;
};

/** Rows of cells, each in one line; null when it is only words for one cell. */
export const readCells = (clipboard: string): string[][] | null => {
  const source = clipboard
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/\n+$/, '');
  const delimiter = delimiterOf(source);
  if (delimiter === null && !source.includes('\n')) return null;
  return records(source, delimiter).map((row) => row.map((cell) => cell.replace(/\s+/g, ' ').trim()));
};

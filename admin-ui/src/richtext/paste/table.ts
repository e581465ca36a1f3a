/** Above this a span is a mistake. */
const widest = 100;

/** Whether it holds facts in rows and columns; mails and old pages use tables to place things. */
export const isData = (table: HTMLTableElement): boolean =>
  !/^(presentation|none)$/.test(table.getAttribute('role') ?? '') &&
  table.querySelector('table, h1, h2, h3, h4, h5, h6, blockquote') === null &&
  table.rows.length > 1 &&
  [...table.rows].some(({ cells }) => cells.length > 1);

/** A cell over several rows says the same in each; one over several columns says it in the first. */
const spread = (table: HTMLTableElement, wordsIn: (cell: Element) => string): string[][] => {
  const rows: string[][] = [...table.rows].map(() => []);
  [...table.rows].forEach((row, y) => {
    let x = 0;
    for (const cell of row.cells) {
      while (rows[y]?.[x] !== undefined) x += 1;
      const words = wordsIn(cell);
      const right = x + Math.min(cell.colSpan, widest);
      for (const line of rows.slice(y, y + Math.max(cell.rowSpan, 1))) {
        for (let at = x; at < right; at += 1) line[at] = at === x ? words : '';
      }
      x = right;
    }
  });
  return rows;
};

/** The words of a table in rows of equal length, without rows and columns that say nothing. */
export const rowsOf = (table: HTMLTableElement, wordsIn: (cell: Element) => string): string[][] => {
  const rows = spread(table, wordsIn).filter((row) => row.some(Boolean));
  const width = Math.max(0, ...rows.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, column) => column).filter((column) =>
    rows.some((row) => row[column]),
  );
  return rows.map((row) => columns.map((column) => row[column] ?? ''));
};

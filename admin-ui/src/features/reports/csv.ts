export type Cell = string | number | null;

/** What a spreadsheet would take for a formula. */
const formula = /^[=+\-@\t\r]/;

const written = (cell: Cell, suppressed: string): string => {
  const text = cell === null ? suppressed : String(cell);
  const safe = typeof cell === 'string' && formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** A table as RFC 4180 has it; null stands for a number that is not told. */
export const csvOf = (rows: readonly (readonly Cell[])[], suppressed: string): string =>
  rows.map((row) => `${row.map((cell) => written(cell, suppressed)).join(',')}\r\n`).join('');

/** Hands a table over as a file. */
export const download = (name: string, csv: string): void => {
  // Spreadsheets take a file without this mark for one in an old encoding.
  const url = URL.createObjectURL(new Blob(['\uFEFF', csv], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
};

/** Terms that mean the same, on a line of the screen. The key is this screen's own and never sent. */
export type Line = { key: number; terms: string[] };

let last = 0;

export const lineOf = (terms: string[]): Line => {
  last += 1;
  return { key: last, terms };
};

/** Lines for these terms. Those that say the same in the same place stay what they are, and need not be drawn anew. */
export const linesOf = (groups: readonly string[][], before: readonly Line[] = []): Line[] =>
  groups.map((terms, place) => {
    const old = before[place];
    return old !== undefined && sameGroups([old.terms], [terms]) ? old : lineOf(terms);
  });

/** Lines that say something. One that was added and left empty is nothing to complain about. */
export const written = (lines: readonly Line[]): Line[] => lines.filter(({ terms }) => terms.length > 0);

/** What was typed or pasted, term by term, after those that are there. What is there already, however written, is no news. */
export const withTyped = (terms: readonly string[], typed: string): string[] => {
  const all = [...terms];
  for (const term of typed.split(/[,;\t\n\r]/).map((each) => each.trim())) {
    if (term !== '' && !all.some((each) => each.toLowerCase() === term.toLowerCase())) all.push(term);
  }
  return all;
};

export const sameGroups = (some: readonly string[][], others: readonly string[][]): boolean =>
  JSON.stringify(some) === JSON.stringify(others);

/** What the server found wrong, by the line it stands in; what belongs to none is in `rest`. */
export const problemsByLine = (
  sent: readonly Line[],
  userErrors: readonly { message: string; path: readonly string[] }[],
): { byLine: Map<number, string[]>; rest: string[] } => {
  const byLine = new Map<number, string[]>();
  const rest: string[] = [];
  for (const { message, path } of userErrors) {
    const [place, nth] = path.slice(path.indexOf('groups') + 1);
    const line = path.includes('groups') && place !== undefined ? sent[Number(place)] : undefined;
    if (line === undefined) {
      rest.push(message);
      continue;
    }
    const term = nth === undefined ? undefined : line.terms[Number(nth)];
    const sentence =
      term === undefined ? message : `“${term.length > 40 ? `${term.slice(0, 40)}…` : term}”: ${message}`;
    byLine.set(line.key, [...(byLine.get(line.key) ?? []), sentence]);
  }
  return { byLine, rest };
};

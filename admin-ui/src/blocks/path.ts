/** Where something stands inside a block: names of fields and places in lists. */
export type Path = readonly (string | number)[];

const child = (value: unknown, step: string | number): { found: boolean; value: unknown } => {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) {
    return { found: false, value: undefined };
  }
  return { found: true, value: (value as Record<string | number, unknown>)[step] };
};

/** The value at `path`, or as far towards it as there is anything: the parent of what is missing. */
export const nearest = (value: unknown, path: Path): unknown => {
  let here = value;
  for (const step of path) {
    const next = child(here, step);
    if (!next.found) return here;
    here = next.value;
  }
  return here;
};

/** A copy of `value` with something else at `path`; everything beside the way there is shared. */
export const withValue = (value: unknown, path: Path, next: unknown): unknown => {
  const [step, ...rest] = path;
  if (step === undefined) return next;
  const inner = withValue(child(value, step).value, rest, next);
  if (Array.isArray(value)) return value.with(Number(step), inner);
  return { ...(value as object), [step]: inner };
};

export const samePath = (a: Path, b: Path): boolean =>
  a.length === b.length && a.every((step, place) => String(step) === String(b[place]));

export const startsWith = (path: Path, beginning: Path): boolean =>
  path.length >= beginning.length && samePath(path.slice(0, beginning.length), beginning);

/** As it stands in the `data-path` of a field. */
export const pathName = (path: Path): string => path.join('.');

import type { Block } from './block';
import { nearest, type Path, samePath, startsWith } from './path';

/** `refused` keeps it from being saved, `blocks` from being published; `warns` is worth a look. */
export type Severity = 'refused' | 'blocks' | 'warns';

/** Something to mend inside a block. */
export type Problem = { severity: Severity; message: string; path: Path };

/** What was found about a block, and the block as it was then. */
export type Findings = { readonly found: readonly Problem[]; readonly in: Block };

const none: readonly Problem[] = [];

/** What still holds of the findings: not what has been written over since. */
export const standing = (findings: Findings | undefined, block: Block): readonly Problem[] => {
  if (findings === undefined) return none;
  if (findings.in.values === block.values) return findings.found;
  return findings.found.filter(({ path }) => nearest(findings.in.values, path) === nearest(block.values, path));
};

export const problemsAt = (problems: readonly Problem[], path: Path) =>
  problems.filter((problem) => samePath(problem.path, path));

export const problemsWithin = (problems: readonly Problem[], path: Path) =>
  problems.filter((problem) => startsWith(problem.path, path));

const weight: Record<Severity, number> = { refused: 2, blocks: 1, warns: 0 };

export const gravest = (problems: readonly Problem[]): Severity | null =>
  problems.reduce<Severity | null>(
    (worst, { severity }) => (worst === null || weight[severity] > weight[worst] ? severity : worst),
    null,
  );

import { Button } from '@mantine/core';
import type { Kind } from '~/blocks/definition';
import type { Document } from '~/blocks/document';
import { summaryOf } from '~/blocks/summary';
import { Chip, type Tone } from '~/ui/Chip';
import type { Check, Fix } from './entry';
import classes from './panel.module.css';
import { type EntryProblem, type Found, isWaived, placeOf, stillStands } from './problems';
import { text } from './text';
import { WaiveForm } from './WaiveForm';

const tones: Record<EntryProblem['severity'], Tone> = { refused: 'bad', blocks: 'bad', warns: 'warn' };

/** What a problem is about, as a person calls it. */
const subject = (problem: EntryProblem, document: Document, kinds: readonly Kind[]): string => {
  const block = document.blocks.find(({ key }) => key === problem.block);
  if (block === undefined) return text.checks.places[placeOf(problem.path)];
  const kind = kinds.find((each) => each.kind === block.kind);
  const summary = summaryOf(kind, block.values);
  return summary === '' ? (kind?.title ?? block.kind) : `${kind?.title ?? block.kind}: ${summary}`;
};

/** What can be done with a finding besides going there; for those who may write. */
export type Mending = {
  entryId: string;
  onFix: (fix: Fix, then: Document) => void;
  /** A warning was let stand, or counts again. */
  onWaived: (check: Check) => void;
};

/** Everything to mend or to look at, with the way there. */
export const ProblemList = ({
  founds,
  document,
  kinds,
  mending,
  onShow,
}: {
  founds: readonly Found[];
  document: Document;
  kinds: readonly Kind[];
  mending?: Mending | undefined;
  onShow: (problem: EntryProblem) => void;
}) => (
  <ul className={classes['checks']}>
    {founds.flatMap(({ problems, in: then }, place) =>
      // What somebody let stand comes last.
      [...problems]
        .sort((a, b) => Number(isWaived(a)) - Number(isWaived(b)))
        .map((problem, index) => {
          const about = subject(problem, document, kinds);
          const standing = stillStands(problem, then, document);
          const waived = isWaived(problem);
          const { check } = problem;
          const fix = standing && !waived ? check?.fix : null;
          return (
            <li key={check?.fingerprint ?? `${place} ${index}`} data-changed={!standing || waived || undefined}>
              <Chip tone={standing && !waived ? tones[problem.severity] : 'neutral'} plain>
                {waived
                  ? text.checks.waivedLabel
                  : standing
                    ? text.checks.severity[problem.severity]
                    : text.checks.changed}
              </Chip>
              <p className={classes['message']}>{problem.message}</p>
              <p className={classes['about']}>
                <span className="clip" title={about}>
                  {about}
                </span>
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={text.checks.showIn(about)}
                  onClick={() => onShow(problem)}
                >
                  {text.checks.show}
                </Button>
              </p>
              {mending !== undefined && fix != null && (
                <Button variant="light" size="compact-sm" onClick={() => mending.onFix(fix, then)}>
                  {fix.label}
                </Button>
              )}
              {standing && check?.severity === 'WARNS' && (
                <WaiveForm entryId={mending?.entryId} check={check} onWaived={mending?.onWaived} />
              )}
            </li>
          );
        }),
    )}
  </ul>
);

export const ChecksTab = ({
  dirty,
  ...list
}: {
  founds: readonly Found[];
  document: Document;
  kinds: readonly Kind[];
  dirty: boolean;
  mending?: Mending | undefined;
  onShow: (problem: EntryProblem) => void;
}) => (
  <>
    {dirty && <p className={classes['stale']}>{text.checks.stale}</p>}
    {list.founds.every(({ problems }) => problems.length === 0) ? (
      <p className={classes['none']}>
        <Chip tone="ok" plain>
          {text.checks.good}
        </Chip>
        {text.checks.none}
      </p>
    ) : (
      <ProblemList {...list} />
    )}
  </>
);

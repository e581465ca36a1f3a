import { Button } from '@mantine/core';
import type { Kind } from '~/blocks/definition';
import type { Document } from '~/blocks/document';
import { summaryOf } from '~/blocks/summary';
import { Chip, type Tone } from '~/ui/Chip';
import classes from './panel.module.css';
import { type EntryProblem, type Found, placeOf, stillStands } from './problems';
import { text } from './text';

const tones: Record<EntryProblem['severity'], Tone> = { refused: 'bad', blocks: 'bad', warns: 'warn' };

/** What a problem is about, as a person calls it. */
const subject = (problem: EntryProblem, document: Document, kinds: readonly Kind[]): string => {
  const block = document.blocks.find(({ key }) => key === problem.block);
  if (block === undefined) return text.checks.places[placeOf(problem.path)];
  const kind = kinds.find((each) => each.kind === block.kind);
  const summary = summaryOf(kind, block.values);
  return summary === '' ? (kind?.title ?? block.kind) : `${kind?.title ?? block.kind}: ${summary}`;
};

/** Everything to mend or to look at, with the way there. */
export const ProblemList = ({
  founds,
  document,
  kinds,
  onShow,
}: {
  founds: readonly Found[];
  document: Document;
  kinds: readonly Kind[];
  onShow: (problem: EntryProblem) => void;
}) => (
  <ul className={classes['checks']}>
    {founds.flatMap(({ problems, in: then }, place) =>
      problems.map((problem, index) => {
        const about = subject(problem, document, kinds);
        const standing = stillStands(problem, then, document);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: A list of findings is replaced as a whole.
          <li key={`${place} ${index}`} data-changed={!standing || undefined}>
            <Chip tone={standing ? tones[problem.severity] : 'neutral'} plain>
              {standing ? text.checks.severity[problem.severity] : text.checks.changed}
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

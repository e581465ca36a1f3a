import { Button } from '@mantine/core';
import classes from './SaveNotices.module.css';

type Words = {
  notSaved: string;
  conflict: { title: string; body: string; theirs: string; mine: string };
};

/** Above what is saved as a whole: that somebody else saved it meanwhile, with both ways on, and why it was not saved. */
export const SaveNotices = ({
  stale,
  failure,
  text,
  onTheirs,
  onMine,
}: {
  stale: boolean;
  /** A sentence, or a line each; null where nothing failed. */
  failure: string | null;
  text: Words;
  onTheirs: () => void;
  onMine: () => void;
}) => (
  <>
    {stale && (
      <div role="alert" className={classes['notice']}>
        <b>{text.conflict.title}</b>
        <p>{text.conflict.body}</p>
        <span className={classes['acts']}>
          <Button variant="default" size="compact-sm" onClick={onTheirs}>
            {text.conflict.theirs}
          </Button>
          <Button variant="default" size="compact-sm" onClick={onMine}>
            {text.conflict.mine}
          </Button>
        </span>
      </div>
    )}
    {failure !== null && (
      <div role="alert" className={classes['notice']}>
        <b>{text.notSaved}</b>
        {failure.split('\n').map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
    )}
  </>
);

import classes from './dialog.module.css';

export type Trouble = { title: string; lines: string[] };

/** Above a dialog's fields: why it was not done. */
export const DialogAlert = ({ trouble }: { trouble: Trouble | null }) =>
  trouble === null ? null : (
    <div role="alert" className={classes['failure']}>
      {trouble.title}
      {trouble.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );

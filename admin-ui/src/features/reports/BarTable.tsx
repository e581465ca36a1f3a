import type { ReactNode } from 'react';
import classes from './Reports.module.css';
import { text } from './text';

export type BarRow = {
  key: string;
  name: ReactNode;
  /** What the bar shows; null when it is not told. */
  size: number | null;
  cells: string[];
};

/** A table whose rows show how much they are: a chart for the eye, and a table for everybody. */
export const BarTable = ({
  caption,
  head,
  rows,
}: {
  caption: string;
  head: [string, ...string[]];
  rows: readonly BarRow[];
}) => {
  const [name, ...numbers] = head;
  const most = Math.max(1, ...rows.map(({ size }) => size ?? 0));
  if (rows.length === 0) return <p className={classes['help']}>{text.none}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on a phone, and the keyboard must be able to.
    // biome-ignore lint/a11y/useSemanticElements: nothing is filled in here, so it is no fieldset.
    <div className={classes['scroller']} tabIndex={0} role="group" aria-label={caption}>
      <table className={classes['table']}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{name}</th>
            {numbers.map((heading) => (
              <th key={heading} scope="col" className="num">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name: of, size, cells }) => (
            <tr key={key}>
              <th scope="row">
                {of}
                {size !== null && size > 0 && (
                  <span aria-hidden="true" className={classes['bar']} style={{ width: `${(size / most) * 100}%` }} />
                )}
              </th>
              {numbers.map((heading, at) => (
                <td key={heading} className="num">
                  {cells[at]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

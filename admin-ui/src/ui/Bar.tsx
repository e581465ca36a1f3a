import type { ReactNode } from 'react';
import classes from './Bar.module.css';

/** The line at the top of a screen: what this is, its state, and the one main action at the end. */
export const Bar = ({
  title,
  back,
  children,
  end,
}: {
  title: string;
  back?: ReactNode;
  children?: ReactNode;
  end?: ReactNode;
}) => (
  <header className={classes['bar']}>
    {back}
    <h1 className={`${classes['title']} clip`}>{title}</h1>
    {children}
    <span className={classes['grow']} />
    {end}
  </header>
);

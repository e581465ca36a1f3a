import type { ReactNode } from 'react';
import classes from './Frame.module.css';
import { text } from './text';

/** The quiet room in front of the house: a form on the left, the hillside on the right. */
export const Frame = ({ children }: { children: ReactNode }) => (
  <div className={classes['frame']}>
    <main className={classes['side']}>
      <div className={classes['brand']}>
        <i aria-hidden="true" />
        Hillside
      </div>
      <div className={classes['form']}>{children}</div>
    </main>
    <aside className={classes['view']} aria-hidden="true">
      <p>{text.motto}</p>
      <svg viewBox="0 0 800 420" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
        <path d="M0 210C140 150 250 120 390 160S640 260 800 190V420H0Z" fill="#fff" opacity=".07" />
        <path d="M0 290C120 240 260 220 400 262S650 330 800 262V420H0Z" fill="#fff" opacity=".09" />
        <path d="M0 372C160 320 300 318 430 346S680 388 800 346V420H0Z" fill="#fff" opacity=".12" />
      </svg>
    </aside>
  </div>
);

import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { type Cell, csvOf, download } from './csv';
import classes from './Reports.module.css';
import { text } from './text';

export type File = { name: string; rows: Cell[][] };

/** One part of a report: what it is, its table as a file, and the table. */
export const Section = ({
  title,
  help,
  wide = false,
  file,
  children,
}: {
  title: string;
  help?: string;
  wide?: boolean;
  file: File;
  children: ReactNode;
}) => (
  <section className={classes['section']} data-wide={wide || undefined} aria-label={title}>
    <header>
      <h2>{title}</h2>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconDownload size={14} stroke={1.75} aria-hidden />}
        aria-label={text.csvOf(title)}
        onClick={() => download(file.name, csvOf(file.rows, text.suppressed))}
      >
        {text.csv}
      </Button>
    </header>
    {help === undefined ? null : <p className={classes['help']}>{help}</p>}
    {children}
  </section>
);

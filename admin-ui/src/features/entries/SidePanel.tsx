import { Tabs } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { focusField } from '~/blocks/form/focus';
import type { Path } from '~/blocks/path';
import { useEntryForm } from './fields';
import classes from './panel.module.css';
import { text } from './text';

export type PanelTab = 'checks' | 'details' | 'seo' | 'history';

/** What stands beside the document. `aim` puts the keyboard into one of its fields. */
export const SidePanel = ({
  tab,
  onTab,
  count,
  aim,
  checks,
  details,
  uses,
  seo,
  history,
}: {
  tab: PanelTab;
  onTab: (tab: PanelTab) => void;
  count: number;
  aim: { path: Path } | null;
  checks: ReactNode;
  details: ReactNode;
  uses: ReactNode;
  seo: ReactNode;
  history: ReactNode;
}) => {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (aim === null) return;
    // A drawer takes the focus when it has come in; this is after that.
    const timer = setTimeout(() => panel.current !== null && focusField(panel.current, aim.path), 160);
    return () => clearTimeout(timer);
  }, [aim]);
  return (
    <Tabs
      ref={panel}
      value={tab}
      onChange={(next) => onTab((next ?? 'checks') as PanelTab)}
      keepMounted={false}
      variant="pills"
      classNames={{ root: classes['panel'] ?? '', list: classes['tabs'] ?? '', tab: classes['tab'] ?? '' }}
    >
      <Tabs.List aria-label={text.tabs.label}>
        <Tabs.Tab value="checks">
          {text.tabs.checks}
          {count > 0 && <span className="num"> {count}</span>}
        </Tabs.Tab>
        <Tabs.Tab value="details">{text.tabs.details}</Tabs.Tab>
        <Tabs.Tab value="seo">{text.tabs.seo}</Tabs.Tab>
        <Tabs.Tab value="history">{text.tabs.history}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="checks">{checks}</Tabs.Panel>
      <Tabs.Panel value="details">
        <Frozen>{details}</Frozen>
        <div className={classes['fields']}>{uses}</div>
      </Tabs.Panel>
      <Tabs.Panel value="seo">
        <Frozen>{seo}</Frozen>
      </Tabs.Panel>
      <Tabs.Panel value="history">{history}</Tabs.Panel>
    </Tabs>
  );
};

/** For those who may only read: the same fields, none of which can be changed. */
const Frozen = ({ children }: { children: ReactNode }) => (
  <fieldset className={classes['frozen']} disabled={useEntryForm().readOnly}>
    {children}
  </fieldset>
);

import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconChevronLeft,
  IconDots,
  IconExternalLink,
  IconEye,
  IconLayoutSidebarRight,
  IconListTree,
  IconMessage,
  IconRestore,
  IconTrash,
  IconWorldOff,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Avatar } from '~/ui/Avatar';
import { EntryStatusChips } from '~/ui/EntryStatus';
import { SaveState, type Saving } from '~/ui/SaveState';
import { modKey } from '~/ui/shortcuts';
import classes from './EditorBar.module.css';
import type { Entry } from './entry';
import { text } from './text';
import type { Colleague } from './usePresence';

/** The list one came from and goes back to. */
export type EntryListLink = { to: '/pages' | '/therapies'; label: string };

type Props = {
  entry: Entry;
  title: string;
  noun: string;
  list: EntryListLink;
  saving: Saving;
  /** Whether there is something no version holds yet. */
  dirty: boolean;
  others: readonly Colleague[];
  nameOf: (key: string) => string;
  onColleague: (block: string) => void;
  mayWrite: boolean;
  mayPublish: boolean;
  canUndo: boolean;
  canRedo: boolean;
  problems: number;
  /** Where the outline or the panel lie over the document. */
  onOutline: (() => void) | undefined;
  onPanel: (() => void) | undefined;
  previewing: boolean;
  onPreview: () => void;
  onUndo: () => void;
  onRedo: () => void;
  onSave: () => void;
  onSaveWithNote: () => void;
  onPublish: () => void;
  onUnpublish: () => void;
  onDiscard: () => void;
  onTrash: () => void;
};

const icon = { size: 17, stroke: 1.6, 'aria-hidden': true } as const;

/** What this is, whether it is safe, what the public reads, and the one thing to do next. */
export const EditorBar = (props: Props) => {
  const { entry, title, noun, list, saving, dirty, mayWrite, mayPublish, problems, onOutline, onPanel } = props;
  const publishable = mayPublish && (dirty || entry.status !== 'LIVE');
  return (
    <header className={classes['bar']}>
      <div className={classes['what']}>
        <Link to={list.to} className={classes['back']} aria-label={list.label}>
          <IconChevronLeft size={16} stroke={1.6} aria-hidden />
          <span>{list.label}</span>
        </Link>
        <h1 className="clip" title={title}>
          {title}
        </h1>
        <span className={classes['chips']}>
          <EntryStatusChips status={entry.status} />
        </span>
      </div>
      <div className={classes['acts']}>
        {onOutline !== undefined && (
          <ActionIcon aria-label={text.bar.outline} onClick={onOutline}>
            <IconListTree {...icon} />
          </ActionIcon>
        )}
        {onPanel !== undefined && (
          <ActionIcon aria-label={text.bar.panel} className={classes['withCount']} onClick={onPanel}>
            <IconLayoutSidebarRight {...icon} />
            {problems > 0 && <b className={classes['count']}>{problems}</b>}
          </ActionIcon>
        )}
        <Tooltip label={text.bar.preview}>
          <ActionIcon aria-label={text.bar.preview} aria-pressed={props.previewing} onClick={props.onPreview}>
            <IconEye {...icon} />
          </ActionIcon>
        </Tooltip>
        <More {...props} />
        <Colleagues {...props} />
        {mayWrite && (
          <span className={classes['state']}>
            <SaveState saving={saving} onRetry={props.onSave} />
          </span>
        )}
        {mayWrite && (
          <Tooltip label={text.bar.saveHint(modKey)}>
            <Button className={classes['save'] ?? ''} variant="default" disabled={!dirty} onClick={props.onSave}>
              {text.bar.save}
            </Button>
          </Tooltip>
        )}
        {publishable && (
          <Button className={classes['publish'] ?? ''} onClick={props.onPublish}>
            {entry.status === 'DRAFT' ? text.bar.publish(noun) : text.bar.publishChanges}
          </Button>
        )}
      </div>
    </header>
  );
};

/** Who else has this open; a press leads to where they are. */
const Colleagues = ({ others, nameOf, onColleague }: Props) =>
  others.length === 0 ? null : (
    <ul className={classes['others']} aria-label={text.bar.others}>
      {others.map(({ tab, name, block }) => {
        const label = text.bar.colleague(name, block === null ? null : nameOf(block));
        return (
          <li key={tab}>
            <Tooltip label={label}>
              <button type="button" aria-label={label} onClick={() => block !== null && onColleague(block)}>
                <Avatar name={name} />
              </button>
            </Tooltip>
          </li>
        );
      })}
    </ul>
  );

const More = ({ entry, mayWrite, mayPublish, ...verbs }: Props) => (
  <Menu position="bottom-end">
    <Menu.Target>
      <ActionIcon aria-label={text.bar.more}>
        <IconDots {...icon} />
      </ActionIcon>
    </Menu.Target>
    <Menu.Dropdown>
      {mayWrite && (
        <>
          <Menu.Item
            leftSection={<IconArrowBackUp {...icon} />}
            rightSection={<kbd>{modKey}Z</kbd>}
            disabled={!verbs.canUndo}
            closeMenuOnClick={false}
            onClick={verbs.onUndo}
          >
            {text.bar.undo}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowForwardUp {...icon} />}
            disabled={!verbs.canRedo}
            closeMenuOnClick={false}
            onClick={verbs.onRedo}
          >
            {text.bar.redo}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconMessage {...icon} />} disabled={!verbs.dirty} onClick={verbs.onSaveWithNote}>
            {text.bar.saveWithNote}
          </Menu.Item>
          {entry.live !== null && (verbs.dirty || entry.status === 'LIVE_WITH_CHANGES') && (
            <Menu.Item leftSection={<IconRestore {...icon} />} onClick={verbs.onDiscard}>
              {text.bar.discard}
            </Menu.Item>
          )}
        </>
      )}
      {entry.live !== null && (
        <Menu.Item
          component="a"
          href={entry.path}
          target="_blank"
          rel="noopener"
          leftSection={<IconExternalLink {...icon} />}
        >
          {text.bar.viewLive}
        </Menu.Item>
      )}
      {mayWrite && <Menu.Divider />}
      {entry.live !== null && mayPublish && (
        <Menu.Item className="danger" leftSection={<IconWorldOff {...icon} />} onClick={verbs.onUnpublish}>
          {text.bar.unpublish}
        </Menu.Item>
      )}
      {mayWrite && (mayPublish || entry.live === null) && entry.path !== '/' && (
        <Menu.Item className="danger" leftSection={<IconTrash {...icon} />} onClick={verbs.onTrash}>
          {text.bar.trash}
        </Menu.Item>
      )}
    </Menu.Dropdown>
  </Menu>
);

import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconBold,
  IconH3,
  IconH4,
  IconItalic,
  IconLink,
  IconList,
  IconListNumbers,
  IconPhone,
  type TablerIcon,
} from '@tabler/icons-react';
import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import { type KeyboardEvent, type Ref, useState } from 'react';
import { modKey } from '~/ui/shortcuts';
import { nameOf, useTarget } from '~/ui/targets';
import { type LinkTo, linkedId } from '../contract';
import { text } from '../text';
import classes from '../writing.module.css';
import type { LinkDialogMode } from './LinkDialog';

type Tool = {
  name: string;
  keys?: string;
  icon: TablerIcon;
  /** Missing for a tool that is not on or off. */
  on?: boolean;
  run: () => void;
};

/** The tools of a text; one tab stop, arrows within, Alt+F10 from the text. */
export const Toolbar = ({
  ref,
  editor,
  onDialog,
}: {
  ref: Ref<HTMLDivElement>;
  editor: Editor;
  onDialog: (mode: LinkDialogMode) => void;
}) => {
  const [stop, setStop] = useState(0);
  const state = useEditorState({
    editor,
    selector: ({ editor: current }) => ({
      strong: current.isActive('strong'),
      em: current.isActive('em'),
      h3: current.isActive('heading', { level: 3 }),
      h4: current.isActive('heading', { level: 4 }),
      bullets: current.isActive('bulletList'),
      numbers: current.isActive('orderedList'),
      link: current.isActive('link') ? (current.getAttributes('link')['to'] as LinkTo) : null,
    }),
  });
  const chain = () => editor.chain().focus();
  const tools: Tool[] = [
    { name: text.strong, keys: `${modKey}B`, icon: IconBold, on: state.strong, run: () => chain().toggleBold().run() },
    { name: text.em, keys: `${modKey}I`, icon: IconItalic, on: state.em, run: () => chain().toggleItalic().run() },
    { name: text.link, keys: `${modKey}K`, icon: IconLink, on: state.link !== null, run: () => onDialog('link') },
    { name: text.heading, icon: IconH3, on: state.h3, run: () => chain().toggleHeading({ level: 3 }).run() },
    { name: text.subheading, icon: IconH4, on: state.h4, run: () => chain().toggleHeading({ level: 4 }).run() },
    { name: text.bullets, icon: IconList, on: state.bullets, run: () => chain().toggleBulletList().run() },
    { name: text.numbers, icon: IconListNumbers, on: state.numbers, run: () => chain().toggleNumbers().run() },
    { name: text.phone, icon: IconPhone, run: () => onDialog('phone') },
  ];
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      editor.commands.focus();
      return;
    }
    const to = { ArrowRight: stop + 1, ArrowLeft: stop - 1, Home: 0, End: tools.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = (to + tools.length) % tools.length;
    setStop(next);
    event.currentTarget.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div className={classes['tools']}>
      <div ref={ref} role="toolbar" aria-label={text.toolbar} className={classes['toolbar']} onKeyDown={onKeyDown}>
        {tools.map(({ name, keys, icon: Icon, on, run }, place) => (
          <Tooltip key={name} label={keys === undefined ? name : `${name} ${keys}`}>
            <ActionIcon
              size={30}
              tabIndex={place === stop ? 0 : -1}
              aria-label={name}
              aria-pressed={on}
              onFocus={() => setStop(place)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={run}
            >
              <Icon size={17} stroke={1.6} aria-hidden />
            </ActionIcon>
          </Tooltip>
        ))}
      </div>
      {state.link !== null && <LinkedTo to={state.link} onChange={() => onDialog('link')} />}
    </div>
  );
};

const LinkedTo = ({ to, onChange }: { to: LinkTo; onChange: () => void }) => {
  const target = useTarget(linkedId(to));
  const outside = 'url' in to ? to.url : 'mailto' in to ? to.mailto : null;
  return (
    <p className={classes['linked']}>
      <span className="clip">
        {text.linksTo} <b>{outside ?? nameOf(target)}</b>
        {typeof target === 'object' && ` · ${target.detail}`}
        {typeof target === 'object' && !target.published && ` · ${text.notPublic}`}
        {target === 'gone' && ` · ${text.gone}`}
      </span>
      <button type="button" onMouseDown={(event) => event.preventDefault()} onClick={onChange}>
        {text.changeLink}
      </button>
    </p>
  );
};

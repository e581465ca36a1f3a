import { Fragment, type ReactNode } from 'react';
import { nameOf, useTarget } from '~/ui/targets';
import { type Inline, type LinkTo, linkedId, type Mark, type RichTextDocument, type TextNode } from './contract';
import classes from './richtext.module.css';

const Linked = ({ to, children }: { to: LinkTo; children: ReactNode }) => {
  const target = useTarget(linkedId(to));
  const name = 'url' in to ? to.url : 'mailto' in to ? to.mailto : nameOf(target);
  return (
    <span className={classes['link']} data-gone={target === 'gone' || undefined} title={name}>
      {children}
    </span>
  );
};

const Named = ({ id, sign = '' }: { id: string; sign?: string }) => (
  <span className={classes['named']}>
    {sign}
    {nameOf(useTarget(id))}
  </span>
);

const marked = ([mark, ...rest]: Mark[], words: ReactNode): ReactNode => {
  if (mark === undefined) return words;
  const inner = marked(rest, words);
  if (mark.type === 'strong') return <strong>{inner}</strong>;
  if (mark.type === 'em') return <em>{inner}</em>;
  return <Linked to={mark.attrs.to}>{inner}</Linked>;
};

// Nodes of a text have no identity of their own: their place is their key.
const drawn = <T,>(parts: readonly T[], draw: (part: T) => ReactNode) =>
  parts.map((part, place) => <Fragment key={String(place)}>{draw(part)}</Fragment>);

const inline = (part: Inline): ReactNode => {
  if (part.type === 'hardBreak') return <br />;
  if (part.type === 'phone') return <Named id={part.attrs.contactPoint} sign="☏ " />;
  if (part.type === 'person') return <Named id={part.attrs.person} />;
  return marked(part.marks ?? [], part.text);
};

const node = (part: TextNode): ReactNode => {
  switch (part.type) {
    case 'paragraph':
      return <p>{drawn(part.content ?? [], inline)}</p>;
    case 'heading':
      return part.attrs.level === 3 ? (
        <h3>{drawn(part.content ?? [], inline)}</h3>
      ) : (
        <h4>{drawn(part.content ?? [], inline)}</h4>
      );
    case 'bulletList':
    case 'orderedList': {
      const items = part.content.map((item, place) => <li key={String(place)}>{drawn(item.content, node)}</li>);
      return part.type === 'bulletList' ? <ul>{items}</ul> : <ol>{items}</ol>;
    }
  }
};

/** A text for reading: what the editor shows wherever nobody is writing. */
export const RichTextView = ({ value }: { value: RichTextDocument }) => (
  <div className={classes['prose']}>{drawn(value.content, node)}</div>
);

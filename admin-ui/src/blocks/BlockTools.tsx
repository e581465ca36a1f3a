import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import {
  IconArrowBarToDown,
  IconArrowBarToUp,
  IconArrowDown,
  IconArrowsSort,
  IconArrowUp,
  IconChevronDown,
  IconChevronUp,
  IconCopy,
  IconDots,
  IconPlus,
  IconSelect,
  IconTrash,
} from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import { lazyPart } from '~/ui/lazyPart';
import { moveAndAnnounce, type Place, type Sortable, SortableHandle } from '~/ui/Sortable';
import classes from './BlockCard.module.css';
import type { Block } from './block';
import { conversionsOf } from './convert';
import type { Kind } from './definition';
import { iconOf } from './icons';
import { text } from './text';
import type { BlockVerbs } from './verbs';

const PlaceDialog = lazyPart(async () => (await import('./PlaceDialog')).PlaceDialog);

type Props = {
  block: Block;
  kinds: readonly Kind[];
  /** What the block is called. */
  name: string;
  folded: boolean;
  sortable: Sortable;
  verbs: BlockVerbs;
  readOnly: boolean;
};

/** What can be done with a block as a whole: fold it, carry it elsewhere, and all that its menu has. */
export const BlockTools = ({ block, kinds, name, folded, sortable, verbs, readOnly }: Props) => {
  const FoldIcon = folded ? IconChevronDown : IconChevronUp;
  const fold = folded ? text.card.expand : text.card.collapse;
  return (
    <div className={classes['tools']}>
      <Tooltip label={fold}>
        <ActionIcon
          size={28}
          aria-label={`${fold} ${name}`}
          aria-expanded={!folded}
          onClick={() => verbs.fold(block.key, !folded)}
        >
          <FoldIcon size={16} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {readOnly ? null : (
        <>
          <SortableHandle sortable={sortable} />
          <More place={sortable.place} name={name} block={block} kinds={kinds} verbs={verbs} />
        </>
      )}
    </div>
  );
};

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

const More = ({
  place,
  name,
  block,
  kinds,
  verbs,
}: {
  place: Place;
  name: string;
  block: Block;
  kinds: readonly Kind[];
  verbs: BlockVerbs;
}) => {
  const { key } = block;
  const { index, count } = place;
  const [placing, setPlacing] = useState(false);
  const move = (to: number) => {
    moveAndAnnounce(place, to);
    verbs.reveal(key);
  };
  const menu = (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon size={28} aria-label={text.card.more(name)}>
          <IconDots size={17} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPlus {...icon} />} onClick={() => verbs.add(index + 1)}>
          {text.card.addBelow}
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => verbs.duplicate([key])}>
          {text.card.duplicate}
        </Menu.Item>
        <Menu.Item leftSection={<IconSelect {...icon} />} onClick={() => verbs.select(key, key)}>
          {text.card.select}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconArrowUp {...icon} />} disabled={index === 0} onClick={() => move(index - 1)}>
          {text.card.moveUp}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowDown {...icon} />}
          disabled={index === count - 1}
          onClick={() => move(index + 1)}
        >
          {text.card.moveDown}
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowBarToUp {...icon} />} disabled={index === 0} onClick={() => move(0)}>
          {text.card.moveFirst}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowBarToDown {...icon} />}
          disabled={index === count - 1}
          onClick={() => move(count - 1)}
        >
          {text.card.moveLast}
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowsSort {...icon} />} disabled={count === 1} onClick={() => setPlacing(true)}>
          {text.card.moveTo}
        </Menu.Item>
        <TurnInto block={block} kinds={kinds} verbs={verbs} />
        <Menu.Divider />
        <Menu.Item className="danger" leftSection={<IconTrash {...icon} />} onClick={() => verbs.remove([key])}>
          {text.card.remove}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
  return (
    <>
      {menu}
      {placing && (
        <Suspense fallback={null}>
          <PlaceDialog
            name={name}
            index={index}
            count={count}
            onMove={(to) => {
              setPlacing(false);
              move(to);
            }}
            onClose={() => {
              setPlacing(false);
              verbs.reveal(key);
            }}
          />
        </Suspense>
      )}
    </>
  );
};

/** Drawn with the menu only: what a block can become is looked for when somebody asks. */
const TurnInto = ({ block, kinds, verbs }: { block: Block; kinds: readonly Kind[]; verbs: BlockVerbs }) => {
  const offered = conversionsOf(block, kinds);
  if (offered.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: A menu holds groups, and no fieldset.
    <div role="group" aria-label={text.convert.label}>
      <Menu.Divider />
      <Menu.Label aria-hidden>{text.convert.label}</Menu.Label>
      {offered.map(({ kind, block: turned, lost }) => {
        const Icon = iconOf(kind.icon);
        return (
          <Menu.Item key={kind.kind} leftSection={<Icon {...icon} />} onClick={() => verbs.turn(turned)}>
            {kind.title}
            {lost !== null && <small className={classes['lost']}>{lost}</small>}
          </Menu.Item>
        );
      })}
    </div>
  );
};

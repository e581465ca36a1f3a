import { Modal, TextInput } from '@mantine/core';
import { IconArrowRight, IconBook2, IconFile, IconHeart, IconPhoto, IconPlus, IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type ComponentType, type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from 'react';
import { useQuery } from 'urql';
import { failureText } from '~/gql/client';
import { kindSlug } from '~/ui/slug';
import { useTypedAhead } from '~/ui/typeAhead';
import classes from './CommandPalette.module.css';
import { PaletteSearch } from './queries';
import { text } from './text';

export type Command = { id: string; label: string; run: () => void };

type Item = {
  id: string;
  label: string;
  detail: string;
  Icon: ComponentType<{ size?: number; stroke?: number }>;
  run: () => void;
};

const icon = { size: 17, stroke: 1.6 };

/** What is not here is of the library. */
const icons: Partial<Record<string, Item['Icon']>> = {
  PAGE: IconFile,
  THERAPY: IconHeart,
  MEDIA: IconPhoto,
};

/** Every page and therapy by its words, what the library keeps, and every place to go, from wherever one is. */
export const CommandPalette = ({
  commands,
  searches,
  onClose,
}: {
  commands: Command[];
  /** Whether drafts may be searched. */
  searches: boolean;
  onClose: () => void;
}) => {
  const navigate = useNavigate();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState('');
  const field = useTypedAhead(setQuery);
  const [active, setActive] = useState(0);
  const asked = useDeferredValue(query.trim());
  const [{ data, error, fetching }] = useQuery({
    query: PaletteSearch,
    variables: { query: asked },
    pause: !searches || asked === '',
  });

  const open = ({ id: found, kind }: { id: string; kind: string }) => {
    const params = { id: found };
    if (kind === 'PAGE') void navigate({ to: '/pages/$id', params });
    else if (kind === 'THERAPY') void navigate({ to: '/therapies/$id', params });
    else if (kind === 'MEDIA') void navigate({ to: '/media', search: { open: found } });
    else {
      const plural = data?.factKinds.find((each) => each.kind === kind)?.plural ?? '';
      void navigate({ to: '/library/$kind/$id', params: { ...params, kind: kindSlug(plural) } });
    }
  };
  const words = query.trim().toLowerCase();
  const named: Item[] = commands
    .filter(({ label }) => label.toLowerCase().includes(words))
    .map(({ id: key, label, run }) => ({
      id: key,
      label,
      detail: '',
      Icon: key === 'new' ? IconPlus : IconArrowRight,
      run,
    }));
  const found: Item[] =
    words === ''
      ? []
      : (data?.search ?? []).map(({ target, excerpt }) => ({
          id: target.id,
          label: target.label,
          detail: [target.detail, excerpt].filter((part) => part !== '').join(' · '),
          Icon: icons[target.kind] ?? IconBook2,
          run: () => open(target),
        }));
  const items = [...found, ...named];
  const at = Math.min(active, Math.max(0, items.length - 1));
  const option = (place: number) => `${id}-${place}`;

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  const choose = (item: Item | undefined) => {
    if (item === undefined) return;
    onClose();
    item.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by !== 0) {
      event.preventDefault();
      setActive((at + by + items.length) % Math.max(1, items.length));
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      choose(items[at]);
    }
  };

  const state = error
    ? failureText(error)
    : words !== '' && items.length === 0
      ? fetching
        ? text.palette.searching
        : text.palette.nothing
      : '';

  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      centered={false}
      size={620}
      padding={0}
      yOffset="12vh"
      attributes={{ content: { 'aria-label': text.palette.title } }}
    >
      <TextInput
        ref={field}
        role="combobox"
        aria-label={text.palette.title}
        aria-expanded={items.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={items.length > 0 ? option(at) : undefined}
        aria-autocomplete="list"
        placeholder={text.palette.placeholder}
        leftSection={<IconSearch size={17} stroke={1.6} />}
        variant="unstyled"
        className={classes['input'] ?? ''}
        value={query}
        maxLength={200}
        data-autofocus
        onChange={({ currentTarget }) => {
          setQuery(currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={text.palette.results} className={classes['list']}>
        {items.map((item, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field, which keeps the focus.
          <div
            key={item.id}
            id={option(place)}
            role="option"
            tabIndex={-1}
            aria-selected={place === at}
            className={classes['item']}
            onMouseMove={() => setActive(place)}
            onClick={() => choose(item)}
          >
            <item.Icon {...icon} />
            <span className={classes['words']}>
              <span className="clip">{item.label}</span>
              {item.detail !== '' && <span className={`${classes['detail']} clip`}>{item.detail}</span>}
            </span>
          </div>
        ))}
      </div>
      <p role="status" className={classes['state']}>
        {state}
      </p>
    </Modal>
  );
};

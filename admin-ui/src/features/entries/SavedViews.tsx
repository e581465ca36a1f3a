import { Button, Checkbox, Menu, Modal, Stack, TextInput } from '@mantine/core';
import { IconBookmark } from '@tabler/icons-react';
import { type FormEvent, Suspense, useRef, useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { failureText } from '~/gql/client';
import { lazyPart } from '~/ui/lazyPart';
import { useFocusBack } from '~/ui/useFocusBack';
import { SavedViewsQuery, SaveView } from './queries';
import classes from './SavedViews.module.css';
import { text } from './text';

const OwnViews = lazyPart(async () => (await import('./OwnViews')).OwnViews);

export type ViewedList = 'PAGES' | 'THERAPIES' | 'LEADS';

/** The views kept of a list: to go to, to keep, to change. `here` is what the list shows, as a view keeps it. */
export const SavedViews = ({
  list,
  here,
  compact = false,
  onGo,
}: {
  list: ViewedList;
  here: string;
  /** Where there is little room. */
  compact?: boolean;
  onGo: (search: string) => void;
}) => {
  const [{ data }, retry] = useQuery({ query: SavedViewsQuery, variables: { list } });
  const [dialog, setDialog] = useState<'keep' | 'own' | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const views = data?.savedViews ?? [];
  const own = views.filter((view) => view.mine);
  const again = () => retry({ requestPolicy: 'network-only' });
  const open = (next: typeof dialog) => {
    // The dialog gives the keyboard back to what had it: that must not be an item that is gone by then.
    button.current?.focus();
    setDialog(next);
  };
  return (
    <>
      <Menu position="bottom-end" width={260} onOpen={again}>
        <Menu.Target>
          <Button
            ref={button}
            variant="default"
            size={compact ? 'compact-sm' : 'sm'}
            className={classes[compact ? 'compact' : 'button'] ?? ''}
            leftSection={<IconBookmark size={15} stroke={1.6} aria-hidden />}
          >
            <span className="clip">
              {views.find((view) => view.search === here && here !== '')?.name ?? text.views.label}
            </span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={classes['menu'] ?? ''}>
          {views.length === 0 && <Menu.Label>{text.views.none}</Menu.Label>}
          {views.map((view) => (
            <Menu.Item
              key={view.id}
              onClick={() => onGo(view.search)}
              aria-current={view.search === here || undefined}
              rightSection={view.mine ? null : <span className="muted">{text.views.shared}</span>}
            >
              {view.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => open('keep')}>{text.views.keep}</Menu.Item>
          {own.length > 0 && <Menu.Item onClick={() => open('own')}>{text.views.change}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {dialog === 'keep' && (
        <KeepView
          list={list}
          search={here}
          onKept={() => {
            setDialog(null);
            again();
          }}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'own' && (
        <Suspense>
          <OwnViews views={own} onChanged={again} onClose={() => setDialog(null)} />
        </Suspense>
      )}
    </>
  );
};

const KeepView = ({
  list,
  search,
  onKept,
  onClose,
}: {
  list: ViewedList;
  search: string;
  onKept: () => void;
  onClose: () => void;
}) => {
  useFocusBack();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [{ fetching }, saveView] = useMutation(SaveView);
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await saveView({ input: { list, name, search, shared } });
    const problem = answer.error ? failureText(answer.error) : answer.data?.saveView.userErrors[0]?.message;
    if (problem === undefined) onKept();
    else setError(problem);
  };
  return (
    <Modal opened onClose={onClose} title={text.views.keepTitle} size={420}>
      <form noValidate onSubmit={(event) => void keep(event)}>
        <Stack gap="md">
          <TextInput
            label={text.views.name}
            description={list === 'LEADS' ? text.views.nameOfNobody : undefined}
            value={name}
            error={error}
            maxLength={60}
            required
            data-autofocus
            onChange={({ currentTarget }) => {
              setName(currentTarget.value);
              setError(null);
            }}
          />
          <Checkbox
            label={text.views.share}
            checked={shared}
            onChange={({ currentTarget }) => setShared(currentTarget.checked)}
          />
          <Button type="submit" loading={fetching}>
            {text.views.save}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
};

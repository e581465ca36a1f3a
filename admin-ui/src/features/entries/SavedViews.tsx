import { Button, Checkbox, Menu, Modal, Stack, TextInput } from '@mantine/core';
import { IconBookmark, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { failureText } from '~/gql/client';
import type { ListSearch } from '~/ui/EntryList';
import { readSearch, writeSearch } from './listSearch';
import { RemoveView, SavedViewsQuery, SaveView } from './queries';
import { text } from './text';

export type ViewedList = 'PAGES' | 'THERAPIES';

/** The views kept of a list: to go to, to keep, to remove. */
export const SavedViews = ({
  list,
  search,
  onSearch,
}: {
  list: ViewedList;
  search: ListSearch;
  onSearch: (next: ListSearch) => void;
}) => {
  const [{ data }, retry] = useQuery({ query: SavedViewsQuery, variables: { list } });
  const [, removeView] = useMutation(RemoveView);
  const [naming, setNaming] = useState(false);
  const views = data?.savedViews ?? [];
  const here = writeSearch(search);
  const again = () => retry({ requestPolicy: 'network-only' });
  return (
    <>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconBookmark size={15} stroke={1.6} aria-hidden />}>
            {views.find((view) => view.search === here && here !== '')?.name ?? text.views.label}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.length === 0 && <Menu.Label>{text.views.none}</Menu.Label>}
          {views.map((view) => (
            <Menu.Item
              key={view.id}
              onClick={() => onSearch(readSearch(view.search))}
              aria-current={view.search === here || undefined}
              rightSection={view.mine ? null : <span className="muted">{text.views.shared}</span>}
            >
              {view.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => setNaming(true)}>{text.views.keep}</Menu.Item>
          {views.some((view) => view.mine) && <Menu.Label>{text.views.remove}</Menu.Label>}
          {views
            .filter((view) => view.mine)
            .map((view) => (
              <Menu.Item
                key={view.id}
                leftSection={<IconTrash size={15} stroke={1.6} aria-hidden />}
                onClick={() => void removeView({ input: { id: view.id } }).then(again)}
              >
                {text.views.removeOne(view.name)}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
      {naming && (
        <KeepView
          list={list}
          search={here}
          onKept={() => {
            setNaming(false);
            again();
          }}
          onClose={() => setNaming(false)}
        />
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
      <form onSubmit={(event) => void keep(event)}>
        <Stack gap="md">
          <TextInput
            label={text.views.name}
            value={name}
            error={error}
            maxLength={60}
            required
            data-autofocus
            onChange={({ currentTarget }) => setName(currentTarget.value)}
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

import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useMutation } from 'urql';
import { failureText } from '~/gql/client';
import type { ResultOf } from '~/gql/graphql';
import { useFocusBack } from '~/ui/useFocusBack';
import { ChangeView, RemoveView, type SavedViewsQuery } from './queries';
import classes from './SavedViews.module.css';
import { text } from './text';

type View = ResultOf<typeof SavedViewsQuery>['savedViews'][number];

/** The viewer's own views of a list: to rename, to share, to remove. */
export const OwnViews = ({
  views,
  onChanged,
  onClose,
}: {
  views: View[];
  onChanged: () => void;
  onClose: () => void;
}) => {
  useFocusBack();
  const list = useRef<HTMLUListElement>(null);
  return (
    <Modal opened onClose={onClose} title={text.views.changeTitle} size={460}>
      {views.length === 0 ? <p className="muted">{text.views.none}</p> : null}
      <ul ref={list} className={classes['own']} tabIndex={-1}>
        {views.map((view, place) => (
          <li key={view.id}>
            <OwnView
              view={view}
              focused={place === 0}
              onChanged={onChanged}
              onRemoved={() => {
                // The button that had the keyboard is gone.
                list.current?.focus();
                onChanged();
              }}
            />
          </li>
        ))}
      </ul>
    </Modal>
  );
};

const OwnView = ({
  view,
  focused,
  onChanged,
  onRemoved,
}: {
  view: View;
  focused: boolean;
  onChanged: () => void;
  onRemoved: () => void;
}) => {
  const [name, setName] = useState(view.name);
  const [shared, setShared] = useState(view.shared);
  const [error, setError] = useState<string | null>(null);
  const [{ fetching }, changeView] = useMutation(ChangeView);
  const [{ fetching: removing }, removeView] = useMutation(RemoveView);
  const isSaved = name === view.name && shared === view.shared;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await changeView({ input: { id: view.id, name, shared } });
    const problem = answer.error ? failureText(answer.error) : answer.data?.changeView.userErrors[0]?.message;
    setError(problem ?? null);
    if (problem === undefined) onChanged();
  };
  const remove = async () => {
    const answer = await removeView({ input: { id: view.id } });
    const problem = answer.error ? failureText(answer.error) : answer.data?.removeView.userErrors[0]?.message;
    if (problem === undefined) onRemoved();
    else setError(problem);
  };
  return (
    <form noValidate onSubmit={(event) => void save(event)} aria-label={view.name}>
      <TextInput
        label={text.views.name}
        value={name}
        error={error}
        maxLength={60}
        data-autofocus={focused || undefined}
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
      <div className={classes['actions']}>
        <Button
          variant="subtle"
          color="red"
          loading={removing}
          aria-label={text.views.removeOne(view.name)}
          onClick={() => void remove()}
        >
          {text.views.remove}
        </Button>
        <Button type="submit" variant="default" loading={fetching} disabled={isSaved}>
          {isSaved ? text.views.isSaved : text.views.saveChange}
        </Button>
      </div>
    </form>
  );
};

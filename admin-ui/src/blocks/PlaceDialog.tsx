import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import classes from './PlaceDialog.module.css';
import { readPlace } from './place';
import { text } from './text';

/** Sends a block to a place by its number, for documents too long to carry it there. */
export const PlaceDialog = ({
  name,
  index,
  count,
  onMove,
  onClose,
}: {
  name: string;
  index: number;
  count: number;
  onMove: (to: number) => void;
  onClose: () => void;
}) => {
  const [typed, setTyped] = useState(String(index + 1));
  const [wrong, setWrong] = useState(false);
  return (
    <Modal opened onClose={onClose} title={text.place.title} returnFocus={false} size={380}>
      <form
        className={classes['dialog']}
        onSubmit={(event) => {
          event.preventDefault();
          const place = readPlace(typed, count);
          if (place === null) setWrong(true);
          else onMove(place - 1);
        }}
      >
        <p className="clip">{name}</p>
        <TextInput
          data-autofocus
          inputMode="numeric"
          autoComplete="off"
          label={text.place.label(count)}
          error={wrong ? text.place.wrong(count) : undefined}
          value={typed}
          onFocus={({ currentTarget }) => currentTarget.select()}
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value);
            setWrong(false);
          }}
        />
        <div className={classes['actions']}>
          <Button variant="subtle" onClick={onClose}>
            {text.place.cancel}
          </Button>
          <Button type="submit">{text.place.move}</Button>
        </div>
      </form>
    </Modal>
  );
};

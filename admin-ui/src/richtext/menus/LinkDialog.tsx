import { Button, Combobox, Modal, TextInput, useCombobox } from '@mantine/core';
import { useEffect, useState } from 'react';
import { TargetLine, useTargetSearch } from '~/ui/EntityPicker';
import type { Target, TargetKind } from '~/ui/targets';
import { useTypedAhead } from '~/ui/typeAhead';
import { useWaitingEnter } from '~/ui/waitingEnter';
import { type LinkTo, mailAddress, webAddress } from '../contract';
import { text } from '../text';
import classes from '../writing.module.css';

export type LinkDialogMode = 'link' | 'mention' | 'phone';

export type Picked =
  | { kind: 'link'; to: LinkTo; label: string }
  | { kind: 'phone'; contactPoint: string }
  /** Somebody's name, which leads nowhere. */
  | { kind: 'person'; person: string };

const kindsOf: Record<LinkDialogMode, TargetKind[]> = {
  link: ['PAGE', 'THERAPY', 'LOCATION', 'CONTACT_POINT'],
  mention: ['PAGE', 'THERAPY', 'LOCATION', 'PERSON', 'CONTACT_POINT'],
  phone: ['CONTACT_POINT'],
};

const searchText: Record<LinkDialogMode, string> = {
  link: text.searchLink,
  mention: text.searchMention,
  phone: text.searchPhone,
};

const linkTo = ({ kind, id }: Target): LinkTo | null => {
  switch (kind) {
    case 'PAGE':
      return { page: id };
    case 'THERAPY':
      return { therapy: id };
    case 'LOCATION':
      return { location: id };
    case 'CONTACT_POINT':
      return { contactPoint: id };
    default:
      return null;
  }
};

const pickedTarget = (target: Target, mode: LinkDialogMode): Picked | null => {
  if (mode !== 'link' && target.kind === 'CONTACT_POINT') return { kind: 'phone', contactPoint: target.id };
  if (mode === 'mention' && target.kind === 'PERSON') return { kind: 'person', person: target.id };
  const to = linkTo(target);
  return to === null ? null : { kind: 'link', to, label: target.label };
};

type Props = {
  mode: LinkDialogMode | null;
  linked: boolean;
  onPick: (picked: Picked) => void;
  onRemove: () => void;
  /** Nothing was chosen; what was typed may be wanted elsewhere. */
  onClose: (query: string) => void;
};

/** Chooses where a link leads: a thing of ours by its name, or an address outside. */
export const LinkDialog = ({ mode, linked, onPick, onRemove, onClose }: Props) => {
  const [query, setQuery] = useState('');
  if (mode === null && query !== '') setQuery('');
  const close = () => onClose(query);
  return (
    <Modal
      opened={mode !== null}
      onClose={close}
      title={text.dialog[mode ?? 'link']}
      returnFocus={false}
      onKeyDown={(event) => event.stopPropagation()}
    >
      {mode !== null && <Search mode={mode} query={query} onQuery={setQuery} onPick={onPick} onClose={close} />}
      {mode === 'link' && linked && (
        <Button variant="subtle" size="compact-sm" mt="xs" onClick={onRemove}>
          {text.removeLink}
        </Button>
      )}
    </Modal>
  );
};

const Search = ({
  mode,
  query,
  onQuery,
  onPick,
  onClose,
}: {
  mode: LinkDialogMode;
  query: string;
  onQuery: (query: string) => void;
  onPick: (picked: Picked) => void;
  onClose: () => void;
}) => {
  const combobox = useCombobox({ opened: true });
  const field = useTypedAhead(onQuery);
  const { targets, loading, failed } = useTargetSearch(kindsOf[mode], query, true);
  const typed = query.trim();
  const url = mode === 'link' ? webAddress(typed) : null;
  const mailto = mode === 'link' ? mailAddress(typed) : null;
  const outside: Picked | null =
    url !== null
      ? { kind: 'link', to: { url }, label: typed }
      : mailto !== null
        ? { kind: 'link', to: { mailto }, label: mailto }
        : null;
  const { selectFirstOption } = combobox;
  const first = outside === null ? targets[0]?.id : 'outside';
  useEffect(() => {
    if (first !== undefined) selectFirstOption();
  }, [first, selectFirstOption]);
  const submit = (value: string) => {
    if (value === 'outside') {
      if (outside !== null) onPick(outside);
      return;
    }
    const target = targets.find(({ id }) => id === value);
    const picked = target === undefined ? null : pickedTarget(target, mode);
    if (picked !== null) onPick(picked);
  };
  const enter = useWaitingEnter(loading && outside === null, () => first !== undefined && submit(first));
  return (
    <Combobox store={combobox} onOptionSubmit={submit}>
      <Combobox.EventsTarget>
        <TextInput
          ref={field}
          data-autofocus
          label={searchText[mode]}
          description={mode === 'link' ? text.hintLink : undefined}
          error={mode === 'link' && /^(http:|javascript:|data:)/i.test(typed) ? text.insecure : undefined}
          value={query}
          autoComplete="off"
          onChange={(event) => onQuery(event.currentTarget.value)}
          onKeyDownCapture={enter.onKeyDownCapture}
          // The list is always open, so the dialog leaves the key to it.
          onKeyDown={(event) => {
            if (event.key === 'Escape') onClose();
          }}
        />
      </Combobox.EventsTarget>
      <Combobox.Options className={classes['targets']} aria-label={searchText[mode]}>
        {outside !== null && (
          <Combobox.Option value="outside">
            {url !== null ? text.openWeb(url) : text.openMail(mailto ?? '')}
          </Combobox.Option>
        )}
        {targets.map((target) => (
          <Combobox.Option key={target.id} value={target.id} className={classes['target']}>
            <TargetLine target={target} />
            <span className={classes['kind']}>{text.kinds[target.kind]}</span>
          </Combobox.Option>
        ))}
        {outside === null && targets.length === 0 && (
          <Combobox.Empty>{failed ? text.failed : loading ? text.searching : text.nothing}</Combobox.Empty>
        )}
      </Combobox.Options>
    </Combobox>
  );
};

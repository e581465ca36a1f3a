import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { isLinkTo, type LinkTo, linkToId, mailAddress } from '~/richtext/contract';
import { EntityPicker } from '~/ui/EntityPicker';
import type { FieldOf } from '../definition';
import { text } from '../text';
import type { ControlProps } from './control';
import classes from './form.module.css';

type Held = { [name: string]: string };

const outside = (value: unknown): string => {
  const { url, mailto } = (value ?? {}) as Held;
  return url ?? mailto ?? '';
};

const idOf = (value: unknown): string | null => {
  const [id] = isLinkTo(value) ? Object.values(value) : [];
  return id ?? null;
};

/** What is typed as an address outside; the server says what is wrong with one that is none. */
const typedLink = (typed: string): LinkTo | null => {
  const trimmed = typed.trim();
  if (trimmed === '') return null;
  const mailto = mailAddress(trimmed);
  return mailto === null ? { url: trimmed } : { mailto };
};

/** Where something leads: a thing of ours by its name, or an address outside. */
export const LinkField = ({ field, value, error, onChange }: ControlProps<FieldOf<'link'>>) => {
  const [elsewhere, setElsewhere] = useState(outside(value) !== '');
  return (
    <div className={classes['link']}>
      {elsewhere ? (
        <TextInput
          label={field.label}
          description={text.link.outsideHelp}
          error={error}
          autoComplete="off"
          spellCheck={false}
          value={outside(value)}
          onChange={({ currentTarget }) => onChange(typedLink(currentTarget.value))}
        />
      ) : (
        <EntityPicker
          label={field.label}
          description={field.help || undefined}
          error={error}
          kinds={field.targets}
          value={idOf(value)}
          required={!field.nullable}
          onChange={(id) => onChange(id === null ? null : linkToId(id))}
        />
      )}
      <Button
        variant="subtle"
        size="compact-sm"
        onClick={() => {
          setElsewhere(!elsewhere);
          onChange(null);
        }}
      >
        {elsewhere ? text.link.inside : text.link.outside}
      </Button>
    </div>
  );
};

import { Button, Modal, Radio, Textarea, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { fieldErrors } from './fieldErrors';
import classes from './NewEntryDialog.module.css';
import { slugify } from './slug';

export type NewEntry<Kind extends string> = { title: string; slug: string; kind: Kind };
export type NewEntryRefusal = { userErrors: { message: string; path: string[] }[]; failure: string | null };

/** Title, address and, where there are several, the kind. Nothing exists until the server said so. */
export const NewEntryDialog = <Kind extends string>({
  heading,
  prefix,
  kinds,
  submitLabel,
  onClose,
  onCreate,
}: {
  heading: string;
  /** What stands before the slug in the address. */
  prefix: string;
  /** The first is chosen at the start; with one only, nothing is asked. */
  kinds: [{ value: Kind; label: string; help: string }, ...{ value: Kind; label: string; help: string }[]];
  submitLabel: string;
  onClose: () => void;
  /** Answers what was refused; on success the caller leaves this screen. */
  onCreate: (entry: NewEntry<Kind>) => Promise<NewEntryRefusal | null>;
}) => {
  const [title, setTitle] = useState('');
  const [ownSlug, setOwnSlug] = useState<string | null>(null);
  const [kind, setKind] = useState<Kind>(kinds[0].value);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const titleInput = useRef<HTMLTextAreaElement>(null);
  const slugInput = useRef<HTMLInputElement>(null);
  const slug = ownSlug ?? slugify(title);

  const submit = async () => {
    const missing: Record<string, string> = {};
    if (title.trim() === '') missing['title'] = 'Give it a title.';
    else if (slug === '') missing['slug'] = 'Give it an address, in letters and digits.';
    setErrors(missing);
    setFailure(null);
    if (Object.keys(missing).length > 0) {
      (missing['title'] === undefined ? slugInput : titleInput).current?.focus();
      return;
    }
    setBusy(true);
    const refusal = await onCreate({ title: title.trim(), slug, kind });
    setBusy(false);
    if (refusal === null) return;
    const { byField, rest } = fieldErrors(refusal.userErrors, ['title', 'slug', 'kind']);
    setErrors(byField);
    setFailure(refusal.failure ?? rest[0] ?? null);
    if (byField['title'] !== undefined) titleInput.current?.focus();
    else if (byField['slug'] !== undefined) slugInput.current?.focus();
  };

  return (
    <Modal opened onClose={onClose} title={heading} size={480}>
      <form
        noValidate
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {failure === null ? null : (
          <p role="alert" className={classes['failure']}>
            {failure}
          </p>
        )}
        <Textarea
          ref={titleInput}
          label="Title"
          autosize
          maxLength={120}
          data-autofocus
          value={title}
          error={errors['title']}
          onChange={(event) => setTitle(event.currentTarget.value.replace(/\s*\n\s*/g, ' '))}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
            event.preventDefault();
            void submit();
          }}
        />
        <TextInput
          ref={slugInput}
          label="Address"
          description={`${prefix}${slug === '' ? '…' : slug}`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          classNames={{ description: classes['address'] ?? '' }}
          maxLength={120}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          value={slug}
          error={errors['slug']}
          onChange={(event) => setOwnSlug(event.currentTarget.value.toLowerCase().replace(/\s+/g, '-'))}
        />
        {kinds.length > 1 ? (
          <Radio.Group label="Kind" value={kind} onChange={(value) => setKind(value as Kind)} error={errors['kind']}>
            <div className={classes['kinds']}>
              {kinds.map(({ value, label, help }) => (
                <Radio key={value} value={value} label={label} description={help} />
              ))}
            </div>
          </Radio.Group>
        ) : null}
        <div className={classes['actions']}>
          <Button variant="subtle" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy}>
            {submitLabel}
          </Button>
        </div>
      </form>
    </Modal>
  );
};

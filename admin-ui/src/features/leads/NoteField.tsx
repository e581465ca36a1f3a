import { Textarea } from '@mantine/core';
import type { ReactNode, Ref } from 'react';

const mostCharacters = 4_000;

/** Words about a person. They go to the server and to nobody else. */
export const NoteField = ({
  input,
  label,
  description,
  value,
  error,
  most = mostCharacters,
  onChange,
  onSubmit,
  onEscape,
}: {
  input?: Ref<HTMLTextAreaElement>;
  label: string;
  description: ReactNode;
  value: string;
  error: string | null | undefined;
  /** Characters. */
  most?: number;
  onChange: (words: string) => void;
  /** With Ctrl or ⌘ and Enter. */
  onSubmit: () => void;
  onEscape?: (field: HTMLTextAreaElement) => void;
}) => (
  <Textarea
    ref={input}
    label={label}
    description={description}
    autosize
    minRows={2}
    maxRows={10}
    maxLength={most}
    autoComplete="off"
    // A browser's spelling service, or an extension's, would send what is written here to somebody else.
    spellCheck={false}
    data-gramm="false"
    value={value}
    error={error}
    onChange={(event) => onChange(event.currentTarget.value)}
    onKeyDown={(event) => {
      if (event.key === 'Escape') onEscape?.(event.currentTarget);
      if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey) || event.nativeEvent.isComposing) return;
      event.preventDefault();
      onSubmit();
    }}
  />
);

import { Button, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useId, useRef, useState } from 'react';
import { useClient } from 'urql';
import { failureText } from '~/gql/client';
import { SaveNotices } from '~/ui/SaveNotices';
import classes from './Phrases.module.css';
import { type PhraseKind, type PhraseList, PhrasesQuery, SavePhrases } from './queries';
import { text } from './text';
import { useTry } from './useTry';

const fresh = { requestPolicy: 'network-only' } as const;

/** One list: what the centre added to it, tried as it is typed, and what it is added to. */
export const PhraseEditor = ({
  list,
  onDirty,
}: {
  list: PhraseList;
  /** How what was typed is saved; null once nothing waits. */
  onDirty: (kind: PhraseKind, save: (() => Promise<unknown>) | null) => void;
}) => {
  const client = useClient();
  const words = text.lists[list.kind];
  const [read, setRead] = useState(list);
  const [own, setOwn] = useState(list.own);
  const [sentence, setSentence] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const [theirs, setTheirs] = useState<PhraseList | null>(null);
  const [busy, setBusy] = useState(false);
  const tried = useTry(list.kind, own, sentence);
  const field = useRef<HTMLTextAreaElement>(null);
  const problems = useId();
  const dirty = own !== read.own;

  const begin = (from: PhraseList) => {
    setRead(from);
    setOwn(from.own);
    setFailure(null);
    setTheirs(null);
  };

  /** Null when it was not saved. */
  const save = async (version = read.version): Promise<PhraseList | null> => {
    setBusy(true);
    setFailure(null);
    try {
      const { data, error } = await client.mutation(SavePhrases, { input: { kind: list.kind, version, own } });
      const refused = data?.saveLeadPhrases.userErrors ?? [];
      if (refused.some(({ code }) => code === 'CONFLICT')) {
        const { data: now } = await client.query(PhrasesQuery, {}, fresh);
        setTheirs(now?.leadPhrases.find(({ kind }) => kind === list.kind) ?? null);
        if (now === undefined) setFailure(refused[0]?.message ?? text.mend);
        return null;
      }
      const saved = data?.saveLeadPhrases.list ?? null;
      if (saved === null) {
        setFailure(error === undefined ? (refused[0]?.message ?? text.mend) : failureText(error));
        field.current?.focus();
        return null;
      }
      begin(saved);
      return saved;
    } finally {
      setBusy(false);
    }
  };
  const submit = async (version?: number) => {
    if ((await save(version)) !== null) notifications.show({ message: text.saved });
  };

  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  useEffect(() => onDirty(list.kind, dirty ? () => latest.current() : null), [dirty, list.kind, onDirty]);

  const bad = tried.kind === 'answered' ? tried.found.badLines : [];
  return (
    <form
      noValidate
      className={classes['list']}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h2>{words.title}</h2>
      <p className={classes['intro']}>{words.intro}</p>
      <SaveNotices
        stale={theirs !== null}
        failure={failure}
        text={text}
        onTheirs={() => theirs !== null && begin(theirs)}
        onMine={() => void submit(theirs?.version)}
      />
      <Textarea
        ref={field}
        label={text.own(words.title)}
        description={words.hint}
        placeholder={words.placeholder}
        value={own}
        autosize
        minRows={4}
        maxRows={20}
        spellCheck={false}
        autoComplete="off"
        classNames={{ input: classes['phrases'] ?? '' }}
        error={bad.length > 0}
        aria-describedby={bad.length > 0 ? problems : undefined}
        onChange={({ currentTarget }) => {
          setOwn(currentTarget.value);
          setFailure(null);
        }}
      />
      <div id={problems} role="status">
        {bad.length === 0 ? null : (
          <ul className={classes['problems']}>
            {bad.map(({ line, message }) => (
              <li key={line}>{text.badLine(line, message)}</li>
            ))}
          </ul>
        )}
      </div>
      <Textarea
        label={words.trySentence}
        description={text.tryHelp}
        value={sentence}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={4_000}
        autoComplete="off"
        onChange={({ currentTarget }) => setSentence(currentTarget.value)}
      />
      <p role="status" className={classes['result']}>
        {sentence.trim() === ''
          ? null
          : tried.kind === 'failed'
            ? text.notTried
            : tried.kind === 'answered'
              ? said(list.kind, tried.found)
              : null}
      </p>
      <span className={classes['acts']}>
        <Button type="submit" loading={busy} disabled={!dirty}>
          {text.save(words.title)}
        </Button>
        {dirty ? (
          <Button variant="default" onClick={() => begin(read)}>
            {text.discard}
          </Button>
        ) : null}
      </span>
      <details className={classes['standard']}>
        <summary>{text.standard(words.title)}</summary>
        <p className="muted">{text.standardHelp}</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard. */}
        <pre className={classes['phrases']} tabIndex={0}>
          {read.standard}
        </pre>
      </details>
    </form>
  );
};

const said = (
  kind: PhraseKind,
  { dangers, sells }: { dangers: readonly (keyof typeof text.dangers)[]; sells: boolean },
) => {
  if (kind === 'SALES') return sells ? text.sells : text.nothing;
  return dangers.length === 0 ? text.nothing : text.found(dangers.map((danger) => text.dangers[danger]));
};

import { ActionIcon, Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { memo, useCallback, useRef, useState } from 'react';
import { useClient, useQuery } from 'urql';
import { LeaveGuard } from '~/features/entries/LeaveGuard';
import { failureText } from '~/gql/client';
import { useCan } from '~/gql/session';
import { Bar } from '~/ui/Bar';
import { SaveNotices } from '~/ui/SaveNotices';
import { useShortcuts } from '~/ui/shortcuts';
import { EmptyState, ErrorState, Loading, SkeletonRows } from '~/ui/states';
import { useTitle } from '~/ui/title';
import { type Line, lineOf, linesOf, problemsByLine, sameGroups, written } from './lines';
import { SaveSynonyms, SynonymsQuery } from './queries';
import classes from './Synonyms.module.css';
import { TermsField } from './TermsField';
import { text } from './text';

const fresh = { requestPolicy: 'network-only' } as const;
const helpId = 'synonyms-help';

/** What means the same in a visitor's search. */
export const Synonyms = () => {
  useTitle(text.title);
  return useCan('PUBLISH') ? <ReadSynonyms /> : <NotForRole />;
};

const NotForRole = () => (
  <>
    <Bar title={text.title} />
    <EmptyState title={text.forbidden.title}>{text.forbidden.body}</EmptyState>
  </>
);

const ReadSynonyms = () => {
  const [{ data, error }, retry] = useQuery({ query: SynonymsQuery, ...fresh });
  if (data !== undefined) return <SynonymsEditor read={data.searchSynonyms.map(({ terms }) => terms)} />;
  return (
    <>
      <Bar title={text.title} />
      {error === undefined ? (
        <Loading>
          <SkeletonRows rows={8} />
        </Loading>
      ) : (
        <ErrorState title={text.failed} onRetry={() => retry(fresh)}>
          {failureText(error)}
        </ErrorState>
      )}
    </>
  );
};

const SynonymsEditor = ({ read: first }: { read: string[][] }) => {
  const client = useClient();
  const [read, setRead] = useState(first);
  const [lines, setLines] = useState(() => linesOf(first));
  const [problems, setProblems] = useState(() => problemsByLine([], []));
  const [failure, setFailure] = useState<string | null>(null);
  const [stale, setStale] = useState(false);
  const [busy, setBusy] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const adding = useRef<HTMLButtonElement>(null);
  const sent = written(lines);
  const groups = sent.map(({ terms }) => terms);
  const dirty = !sameGroups(groups, read);

  const begin = (from: string[][]) => {
    setRead(from);
    setLines((before) => linesOf(from, before));
    setProblems(problemsByLine([], []));
    setFailure(null);
    setStale(false);
  };

  /** Null when it was not saved. */
  const save = async (over = false): Promise<string[][] | null> => {
    setBusy(true);
    setFailure(null);
    try {
      // The list is written as a whole: what a colleague added meanwhile must not go unseen.
      const { data, error } = await client.mutation(SaveSynonyms, { input: { groups, basedOn: over ? null : read } });
      const refused = data?.saveSearchSynonyms.userErrors;
      if (refused?.some(({ code }) => code === 'CONFLICT')) {
        setStale(true);
        return null;
      }
      if (refused === undefined || refused.length > 0) {
        const found = problemsByLine(sent, refused ?? []);
        setProblems(found);
        setFailure(error === undefined ? (found.rest[0] ?? text.mend) : failureText(error));
        const wrong = lines.findIndex(({ key }) => found.byLine.has(key));
        requestAnimationFrame(() => {
          inputOf(list.current, wrong)?.focus();
          // What is wrong with it stands below it.
          list.current?.children[wrong]?.scrollIntoView({ block: 'center' });
        });
        return null;
      }
      begin(groups);
      return groups;
    } finally {
      setBusy(false);
    }
  };
  const submit = async (over = false) => {
    if ((await save(over)) !== null) notifications.show({ message: text.saved });
  };
  const takeTheirs = async () => {
    const { data, error } = await client.query(SynonymsQuery, {}, fresh);
    if (data !== undefined) begin(data.searchSynonyms.map(({ terms }) => terms));
    else if (error !== undefined) setFailure(failureText(error));
  };

  const add = () => {
    setLines([...lines, lineOf([])]);
    requestAnimationFrame(() => inputOf(list.current, lines.length)?.focus());
  };
  useShortcuts('This list', [{ key: 'n', label: text.add, run: add }]);
  const change = useCallback((key: number, terms: string[]) => {
    setLines((all) => all.map((line) => (line.key === key ? { key, terms } : line)));
    setProblems(({ byLine, rest }) => {
      if (!byLine.has(key)) return { byLine, rest };
      const left = new Map(byLine);
      left.delete(key);
      return { byLine: left, rest };
    });
  }, []);
  const remove = useCallback((key: number, place: number) => {
    setLines((all) => all.filter((line) => line.key !== key));
    // The keyboard goes on with the line that took its place.
    requestAnimationFrame(() => {
      const buttons = list.current?.querySelectorAll<HTMLElement>('[data-remove]');
      (buttons?.[Math.min(place, buttons.length - 1)] ?? adding.current)?.focus();
    });
  }, []);

  return (
    <>
      <Bar
        title={text.title}
        end={
          <span className={classes['acts']}>
            {dirty && (
              <Button variant="default" onClick={() => begin(read)}>
                {text.discard}
              </Button>
            )}
            <Button type="submit" form="synonyms" loading={busy}>
              {text.save}
            </Button>
          </span>
        }
      />
      <form
        id="synonyms"
        noValidate
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p className={classes['intro']}>{text.intro}</p>
        <p id={helpId} hidden>
          {text.help}
        </p>
        <SaveNotices
          stale={stale}
          failure={failure}
          text={text}
          onTheirs={() => void takeTheirs()}
          onMine={() => void submit(true)}
        />
        {lines.length === 0 && <p className="muted">{text.none}</p>}
        <ul ref={list} className={classes['lines']} aria-label={text.list}>
          {lines.map((line, place) => (
            <Row
              key={line.key}
              line={line}
              place={place}
              problem={problems.byLine.get(line.key)?.join(' ')}
              onChange={change}
              onRemove={remove}
            />
          ))}
        </ul>
        <Button
          ref={adding}
          variant="default"
          className={classes['add'] ?? ''}
          leftSection={<IconPlus size={16} stroke={1.8} aria-hidden />}
          onClick={add}
        >
          {text.add}
        </Button>
      </form>
      <LeaveGuard stuck={dirty} unsent={false} parked={false} why={text.unsaved} save={() => save()} />
    </>
  );
};

const inputOf = (list: HTMLElement | null, place: number) => list?.children[place]?.querySelector('input');

/** Drawn anew only when it changes itself: there may be hundreds. */
const Row = memo(function Row({
  line: { key, terms },
  place,
  problem,
  onChange,
  onRemove,
}: {
  line: Line;
  place: number;
  problem: string | undefined;
  onChange: (key: number, terms: string[]) => void;
  onRemove: (key: number, place: number) => void;
}) {
  return (
    <li className={classes['line']}>
      <TermsField
        label={text.line(place + 1)}
        helpId={helpId}
        terms={terms}
        problem={problem}
        onChange={(next) => onChange(key, next)}
      />
      <ActionIcon data-remove aria-label={text.removeOf(terms, place + 1)} onClick={() => onRemove(key, place)}>
        <IconTrash size={17} stroke={1.6} />
      </ActionIcon>
    </li>
  );
});

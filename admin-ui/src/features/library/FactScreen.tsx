import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowLeft, IconTrash } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { type ReactNode, useRef, useState } from 'react';
import { useClient, useQuery } from 'urql';
import type { Values } from '~/blocks/block';
import { LeaveGuard } from '~/features/entries/LeaveGuard';
import { ReplaceUsesButton } from '~/features/entries/replace/ReplaceUsesButton';
import { useTargetStore } from '~/features/entries/useTargetStore';
import { failureText } from '~/gql/client';
import { useCan } from '~/gql/session';
import { Bar } from '~/ui/Bar';
import { SaveNotices } from '~/ui/SaveNotices';
import { EmptyState, ErrorState, Loading, SkeletonRows } from '~/ui/states';
import { type TargetKind, TargetsProvider } from '~/ui/targets';
import { useTitle } from '~/ui/title';
import { DeleteDialog } from './DeleteDialog';
import { FactForm, focusFirstProblem, useFactFields } from './FactForm';
import classes from './FactScreen.module.css';
import { writeFact } from './fact';
import { type FactKindInfo, useFactKinds } from './kinds';
import { type Fact, FactQuery, SingleFactQuery } from './queries';
import { text } from './text';
import { Uses } from './Uses';

const fresh = { requestPolicy: 'network-only' } as const;

/** One fact of the library at an address of its own; `new` is one that is not there yet. */
export const FactScreen = () => {
  const { kind: slug, id } = useParams({ from: '/shell/library/$kind/$id' });
  const { kinds, error: kindsError, retry: retryKinds } = useFactKinds();
  const isNew = id === 'new';
  const [{ data, error, fetching }, retry] = useQuery({ query: FactQuery, variables: { id }, pause: isNew, ...fresh });
  const kind = kinds?.find((each) => each.slug === slug);
  const failure = (kinds === undefined ? kindsError : undefined) ?? (data === undefined ? error : undefined);
  if (failure !== undefined) {
    return (
      <ErrorState
        title={text.failed}
        onRetry={() => {
          retryKinds();
          retry(fresh);
        }}
      >
        {failureText(failure)}
      </ErrorState>
    );
  }
  if (kinds === undefined || (!isNew && data?.fact === undefined && fetching)) return <Shape />;
  const fact = isNew ? null : data?.fact;
  if (
    kind === undefined ||
    fact === undefined ||
    (fact !== null && fact.kind !== kind.kind) ||
    (!isNew && fact === null)
  ) {
    return <Missing />;
  }
  return <FactEditor key={id} kind={kind} kinds={kinds} fact={fact} />;
};

/** The one fact of its kind, which is shown where a list would be; made with the first save. */
export const SingleFact = ({
  kind,
  kinds,
  tabs,
}: {
  kind: FactKindInfo;
  kinds: readonly FactKindInfo[];
  tabs: ReactNode;
}) => {
  const [{ data, error }, retry] = useQuery({ query: SingleFactQuery, variables: { kind: kind.kind }, ...fresh });
  if (data === undefined) {
    return (
      <>
        <Bar title={text.title} />
        {tabs}
        {error === undefined ? (
          <Shape />
        ) : (
          <ErrorState title={text.failed} onRetry={() => retry(fresh)}>
            {failureText(error)}
          </ErrorState>
        )}
      </>
    );
  }
  return <FactEditor kind={kind} kinds={kinds} fact={data.facts.nodes[0] ?? null} tabs={tabs} />;
};

const Shape = () => (
  <Loading label={text.loading}>
    <SkeletonRows rows={8} />
  </Loading>
);

const Missing = () => (
  <EmptyState
    title={text.missing.title}
    action={
      <Button variant="default" component={Link} to="/library">
        {text.missing.action}
      </Button>
    }
  >
    {text.missing.body}
  </EmptyState>
);

type EditorProps = {
  kind: FactKindInfo;
  kinds: readonly FactKindInfo[];
  /** As it was read; null for one that is not there yet. */
  fact: Fact | null;
  /** In place of the way back, where it is no part of a list. */
  tabs?: ReactNode;
};

const FactEditor = ({ kind, kinds, fact: read, tabs }: EditorProps) => {
  const client = useClient();
  const navigate = useNavigate();
  const store = useTargetStore();
  const [fact, setFact] = useState(read);
  const form = useRef<HTMLFormElement>(null);
  const fields = useFactFields((read?.fields ?? kind.form.empty) as Values);
  const [busy, setBusy] = useState(false);
  const [stale, setStale] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [deleting, setDeleting] = useState(false);
  const [changes, setChanges] = useState(0);
  const leaving = useRef(false);
  const mayPublish = useCan('PUBLISH');
  const maySet = useCan('MANAGE_SETTINGS');
  const mayWrite = kind.single ? maySet : mayPublish;
  const title = fact === null ? text.new(kind.noun) : fact.name;
  useTitle(kind.single ? kind.plural : title);

  const accept = (next: Fact) => {
    setFact(next);
    fields.begin(next.fields as Values);
    setStale(false);
  };

  const save = async (on: Fact | null): Promise<Fact | null> => {
    setBusy(true);
    setFailure(null);
    const written = await writeFact(client, kind, fields.values, on);
    setBusy(false);
    switch (written.kind) {
      case 'done':
        accept(written.fact);
        return written.fact;
      case 'stale':
        setStale(true);
        return null;
      case 'refused':
        fields.refuse(written.problems);
        focusFirstProblem(form.current, written.problems);
        return null;
      case 'failed':
        setFailure(written.message);
        return null;
    }
  };

  const submit = async () => {
    const saved = await save(fact);
    if (saved === null) return;
    notifications.show({ message: fact === null ? text.created : text.saved });
    if (fact === null && !kind.single) {
      await navigate({ to: '/library/$kind/$id', params: { kind: kind.slug, id: saved.id }, replace: true });
    }
  };

  const newest = async () => (await client.query(FactQuery, { id: fact?.id ?? '' }, fresh)).data?.fact ?? null;
  const readUses = async () => {
    const now = await newest();
    if (now !== null) setFact(now);
    setChanges((many) => many + 1);
  };
  const takeTheirs = async () => {
    const theirs = await newest();
    if (theirs !== null) accept(theirs);
  };
  const saveMine = async () => {
    const theirs = await newest();
    if (theirs !== null && (await save(theirs)) !== null) notifications.show({ message: text.saved });
  };

  return (
    <TargetsProvider value={store}>
      <Bar
        title={kind.single ? text.title : title}
        back={
          tabs === undefined ? (
            <Link to="/library/$kind" params={{ kind: kind.slug }} className={classes['back']} title={kind.plural}>
              <IconArrowLeft size={17} stroke={1.75} aria-hidden />
              <span>{kind.plural}</span>
            </Link>
          ) : undefined
        }
        end={
          mayWrite && (
            <Button type="submit" form="fact" loading={busy}>
              {fact === null ? text.create(kind.noun) : text.save}
            </Button>
          )
        }
      />
      {tabs}
      <div className={classes['panes']}>
        <form
          id="fact"
          ref={form}
          noValidate
          className={classes['form']}
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <SaveNotices
            stale={stale}
            failure={failure}
            text={text}
            onTheirs={() => void takeTheirs()}
            onMine={() => void saveMine()}
          />
          <p className="muted">{mayWrite ? text.atOnce(fact?.usedCount ?? 0) : text.readOnly}</p>
          {fact !== null && fact.protection !== null && !kind.single && <p className="muted">{fact.protection}</p>}
          <fieldset disabled={!mayWrite} className={classes['fields']}>
            <FactForm kind={kind} values={fields.values} problems={fields.problems} onChange={fields.change} />
          </fieldset>
          {mayWrite && fact !== null && fact.protection === null && (
            <Button
              className={`danger ${classes['delete']}`}
              variant="subtle"
              leftSection={<IconTrash size={16} stroke={1.6} aria-hidden />}
              onClick={() => setDeleting(true)}
            >
              {text.remove.button}
            </Button>
          )}
        </form>
        {fact !== null && fact.usedCount !== null && (
          <aside className={classes['side']}>
            <Uses
              key={changes}
              id={fact.id}
              kinds={kinds}
              verbs={
                fact.protection === null && (
                  <ReplaceUsesButton
                    id={fact.id}
                    name={fact.name}
                    kind={kind.kind as TargetKind}
                    onDone={() => void readUses()}
                  />
                )
              }
            />
          </aside>
        )}
      </div>
      {deleting && fact !== null && (
        <DeleteDialog
          fact={fact}
          onClose={() => setDeleting(false)}
          onDeleted={() => {
            leaving.current = true;
            notifications.show({ message: text.remove.done(fact.name) });
            void navigate({ to: '/library/$kind', params: { kind: kind.slug } });
          }}
        />
      )}
      <LeaveGuard
        stuck={fields.dirty && !leaving.current && mayWrite}
        unsent={false}
        parked={false}
        why={text.unsaved}
        save={() => save(fact)}
      />
    </TargetsProvider>
  );
};

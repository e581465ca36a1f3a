import { Button, NativeSelect, Switch, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowLeft, IconPlus } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useClient, useQuery } from 'urql';
import { LeaveGuard } from '~/features/entries/LeaveGuard';
import { failureText } from '~/gql/client';
import { useCan } from '~/gql/session';
import { Bar } from '~/ui/Bar';
import { SaveNotices } from '~/ui/SaveNotices';
import { EmptyState, ErrorState, Loading, SkeletonRows } from '~/ui/states';
import { TextArea } from '~/ui/TextArea';
import { useTitle } from '~/ui/title';
import { addStep, type Definition, definitionOf, type Problems, problemsOf, removeStep, same } from './definition';
import classes from './FormScreen.module.css';
import { NotForRole } from './Forms';
import { Preview } from './Preview';
import { type Consent, type FieldKind, type Form, FormQuery, SaveForm, type Wording, type Wordings } from './queries';
import { StepFields } from './StepFields';
import { text } from './text';
import { Versions } from './Versions';

const fresh = { requestPolicy: 'network-only' } as const;
const none: Problems = { at: {}, rest: [] };
const mostSteps = 6;

/** What is written of a form, and not saved yet. */
type Written = {
  title: string;
  archived: boolean;
  definition: Definition;
  contactConsent: string;
  textConsent: string;
};

const writtenOf = ({ title, archivedAt, current }: Form): Written => ({
  title,
  archived: archivedAt !== null,
  definition: definitionOf(current.definition),
  contactConsent: current.contactConsent.id,
  textConsent: current.textConsent.id,
});

/** One form: what it asks and says, how that looks, and what it was before. */
export const FormScreen = () => {
  const { key } = useParams({ from: '/shell/settings/forms/$key' });
  return useCan('MANAGE_SETTINGS') ? <ReadForm key={key} name={key} /> : <NotForRole />;
};

const Back = () => (
  <Link to="/settings/forms" className={classes['back']} title={text.title}>
    <IconArrowLeft size={17} stroke={1.75} aria-hidden />
    <span>{text.title}</span>
  </Link>
);

const ReadForm = ({ name }: { name: string }) => {
  const [{ data, error }, retry] = useQuery({ query: FormQuery, variables: { key: name }, ...fresh });
  useTitle(data?.leadForm?.title ?? text.one);
  if (data?.leadForm != null) {
    const { leadForm, leadFormFields, leadConsentTexts } = data;
    return <OpenForm read={leadForm} kinds={leadFormFields} wordings={leadConsentTexts} />;
  }
  return (
    <>
      <Bar title={text.one} back={<Back />} />
      {data !== undefined ? (
        <EmptyState
          title={text.missing.title}
          action={
            <Button variant="default" component={Link} to="/settings/forms">
              {text.missing.action}
            </Button>
          }
        >
          {text.missing.body}
        </EmptyState>
      ) : error === undefined ? (
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

const OpenForm = ({ read: first, kinds, wordings }: { read: Form; kinds: FieldKind[]; wordings: Wordings }) => {
  const client = useClient();
  const [read, setRead] = useState(first);
  const [written, setWritten] = useState(() => writtenOf(first));
  const [problems, setProblems] = useState(none);
  const [failure, setFailure] = useState<string | null>(null);
  const [stale, setStale] = useState(false);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { definition } = written;
  const before = writtenOf(read);
  const dirty =
    written.title !== before.title ||
    written.archived !== before.archived ||
    written.contactConsent !== before.contactConsent ||
    written.textConsent !== before.textConsent ||
    !same(definition, before.definition);

  // Once what is wrong is marked, the keyboard goes to the first of it.
  useEffect(() => {
    if (Object.keys(problems.at).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problems]);

  const begin = (from: Form) => {
    setRead(from);
    setWritten(writtenOf(from));
    setProblems(none);
    setFailure(null);
    setStale(false);
  };
  const write = (change: Partial<Written>) => setWritten((now) => ({ ...now, ...change }));
  const redefine = (change: (now: Definition) => Definition) => {
    setWritten((now) => ({ ...now, definition: change(now.definition) }));
    // Places may be others now; the server says again what is wrong.
    setProblems(none);
  };
  const readAgain = async (): Promise<Form | null> => {
    const { data, error } = await client.query(FormQuery, { key: read.key }, fresh);
    if (data === undefined && error !== undefined) setFailure(failureText(error));
    return data?.leadForm ?? null;
  };

  /** Null when it was not saved. */
  const save = async (baseVersion = read.current.number): Promise<Form | null> => {
    if (busy) return null;
    setBusy(true);
    setFailure(null);
    const { data, error } = await client.mutation(SaveForm, { input: { ...written, key: read.key, baseVersion } });
    setBusy(false);
    const saved = data?.saveLeadForm.form;
    if (saved != null) {
      begin(saved);
      return saved;
    }
    const userErrors = data?.saveLeadForm.userErrors ?? [];
    if (userErrors.some(({ code }) => code === 'CONFLICT')) {
      setStale(true);
      return null;
    }
    const found = problemsOf(userErrors);
    setProblems(found);
    setFailure(error === undefined ? (found.rest[0] ?? text.mend) : failureText(error));
    return null;
  };
  const submit = async (baseVersion?: number) => {
    const saved = await save(baseVersion);
    if (saved !== null) notifications.show({ message: text.saved(saved.current.number) });
  };
  const takeTheirs = async () => {
    const now = await readAgain();
    if (now !== null) begin(now);
  };
  const keepMine = async () => {
    const now = await readAgain();
    if (now === null) return;
    setStale(false);
    await submit(now.current.number);
  };
  const line = (field: 'heading' | 'button', most: number) => (
    <TextInput
      label={text.fields[field]}
      value={definition[field]}
      maxLength={most}
      error={problems.at[field]}
      onChange={({ currentTarget: { value } }) => redefine((now) => ({ ...now, [field]: value }))}
    />
  );

  return (
    <>
      <Bar
        title={read.title}
        back={<Back />}
        end={
          <span className={classes['acts']}>
            {dirty && (
              <Button variant="default" onClick={() => begin(read)}>
                {text.discard}
              </Button>
            )}
            <Button type="submit" form="lead-form" loading={busy}>
              {text.save}
            </Button>
          </span>
        }
      />
      <div className={classes['screen']}>
        <div className={classes['writing']}>
          <SaveNotices
            stale={stale}
            failure={failure}
            text={text}
            onTheirs={() => void takeTheirs()}
            onMine={() => void keepMine()}
          />
          <form
            ref={form}
            id="lead-form"
            noValidate
            autoComplete="off"
            className={classes['form']}
            onSubmit={(event) => {
              event.preventDefault();
              void submit();
            }}
          >
            <fieldset className={classes['part']}>
              <legend>{text.words}</legend>
              <div className={classes['card']}>
                <TextInput
                  label={text.fields.name}
                  description={text.fields.nameHelp}
                  value={written.title}
                  maxLength={120}
                  error={problems.at['title']}
                  onChange={({ currentTarget }) => write({ title: currentTarget.value })}
                />
                {line('heading', 120)}
                <TextArea
                  label={text.fields.intro}
                  description={text.fields.introHelp}
                  value={definition.intro}
                  error={problems.at['intro']}
                  onChange={(intro) => redefine((now) => ({ ...now, intro }))}
                />
              </div>
            </fieldset>
            {definition.steps.map((step, place) => (
              <StepFields
                // biome-ignore lint/suspicious/noArrayIndexKey: a part has no name but its place.
                key={place}
                definition={definition}
                place={place}
                step={step}
                kinds={kinds}
                problems={problems.at}
                onChange={redefine}
                onRemove={place === 0 ? undefined : () => redefine((now) => removeStep(now, place))}
              />
            ))}
            {definition.steps.length < mostSteps && (
              <Button
                variant="default"
                className={classes['add'] ?? ''}
                leftSection={<IconPlus size={16} stroke={1.8} aria-hidden />}
                onClick={() => redefine(addStep)}
              >
                {text.step.addStep}
              </Button>
            )}
            <fieldset className={classes['part']}>
              <legend>{text.consents.title}</legend>
              <div className={classes['card']}>
                <WordingChoice
                  kind="CONTACT"
                  all={wordings.contact}
                  chosen={written.contactConsent}
                  error={problems.at['contactConsent']}
                  onChange={(contactConsent) => write({ contactConsent })}
                />
                <WordingChoice
                  kind="TEXTS"
                  all={wordings.texts}
                  chosen={written.textConsent}
                  error={problems.at['textConsent']}
                  onChange={(textConsent) => write({ textConsent })}
                />
                {line('button', 60)}
                <TextArea
                  label={text.fields.thanks}
                  description={text.fields.thanksHelp}
                  value={definition.thanks}
                  error={problems.at['thanks']}
                  onChange={(thanks) => redefine((now) => ({ ...now, thanks }))}
                />
                <Switch
                  label={text.fields.archived}
                  description={text.fields.archivedHelp}
                  checked={written.archived}
                  onChange={({ currentTarget }) => write({ archived: currentTarget.checked })}
                />
              </div>
            </fieldset>
          </form>
          <Versions
            name={read.key}
            current={read.current.number}
            onBringBack={(version) => {
              setWritten((now) => ({
                ...now,
                definition: definitionOf(version.definition),
                contactConsent: version.contactConsent.id,
                textConsent: version.textConsent.id,
              }));
              setProblems(none);
              notifications.show({ message: text.versions.brought(version.number) });
            }}
          />
        </div>
        <Preview definition={definition} contactConsent={written.contactConsent} textConsent={written.textConsent} />
      </div>
      <LeaveGuard stuck={dirty} unsent={false} parked={false} why={text.unsaved} save={() => save()} />
    </>
  );
};

const WordingChoice = ({
  kind,
  all,
  chosen,
  error,
  onChange,
}: {
  kind: Consent;
  all: readonly Wording[];
  chosen: string;
  error: string | undefined;
  onChange: (id: string) => void;
}) => (
  <div className={classes['wording']}>
    <NativeSelect
      label={text.consents.kind[kind]}
      error={error}
      value={chosen}
      data={all.map(({ id, version }, place) => ({
        value: id,
        label: place === 0 ? text.consents.newest(version) : text.consents.wording(version),
      }))}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
    <blockquote>{all.find(({ id }) => id === chosen)?.wording}</blockquote>
  </div>
);

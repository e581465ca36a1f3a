import { Button, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRef, useState } from 'react';
import { useClient, useQuery } from 'urql';
import { LeaveGuard } from '~/features/entries/LeaveGuard';
import { failureText } from '~/gql/client';
import { useCan } from '~/gql/session';
import { Bar } from '~/ui/Bar';
import { fieldErrors } from '~/ui/fieldErrors';
import { SaveNotices } from '~/ui/SaveNotices';
import { EmptyState, ErrorState, Loading, SkeletonRows } from '~/ui/states';
import { useTitle } from '~/ui/title';
import { daysOf, type Field, periods, totalOf, writtenOf } from './days';
import { EraseDialog } from './EraseDialog';
import { type PastTime, type Retention as Read, RetentionQuery, UpdateRetention } from './queries';
import classes from './Retention.module.css';
import { text } from './text';

const fresh = { requestPolicy: 'network-only' } as const;
const fields = periods.map(({ field }) => field);

/** How long leads are kept, and who is past their time. */
export const Retention = () => {
  useTitle(text.title);
  return useCan('ERASE_LEADS') ? (
    <ReadRetention />
  ) : (
    <>
      <Bar title={text.title} />
      <EmptyState title={text.forbidden.title}>{text.forbidden.body}</EmptyState>
    </>
  );
};

const ReadRetention = () => {
  const [{ data, error }, retry] = useQuery({ query: RetentionQuery, ...fresh });
  if (data !== undefined) return <OpenRetention read={data.leadRetention} />;
  return (
    <>
      <Bar title={text.title} />
      {error === undefined ? (
        <Loading>
          <SkeletonRows rows={5} height={72} />
        </Loading>
      ) : (
        <ErrorState title={text.failed} onRetry={() => retry(fresh)}>
          {failureText(error)}
        </ErrorState>
      )}
    </>
  );
};

const OpenRetention = ({ read: first }: { read: Read }) => {
  const client = useClient();
  const [read, setRead] = useState(first);
  const [written, setWritten] = useState(() => writtenOf(first));
  const [errors, setErrors] = useState<{ [field: string]: string }>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [stale, setStale] = useState(false);
  const [busy, setBusy] = useState(false);
  const [erasing, setErasing] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const past = useRef<HTMLHeadingElement>(null);
  const before = writtenOf(read);
  const dirty = fields.some((field) => written[field].trim() !== before[field]);

  const begin = (from: Read) => {
    setRead(from);
    setWritten(writtenOf(from));
    setErrors({});
    setFailure(null);
    setStale(false);
  };
  const mendWith = (wrong: { [field: string]: string }) => {
    setErrors(wrong);
    const at = fields.find((field) => wrong[field] !== undefined);
    if (at !== undefined)
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>(`[name=${at}]`)?.focus());
  };
  const readAgain = async (): Promise<Read | null> => {
    const { data, error } = await client.query(RetentionQuery, {}, fresh);
    if (data === undefined && error !== undefined) setFailure(failureText(error));
    return data?.leadRetention ?? null;
  };

  /** Null when it was not saved. */
  const save = async (version = read.version): Promise<Read | null> => {
    if (busy) return null;
    setFailure(null);
    const days = { spamDays: 0, closedDays: 0, admittedDays: 0 };
    const wrong: { [field: string]: string } = {};
    for (const field of fields) {
      const found = daysOf(written[field]);
      if (found === null) wrong[field] = text.range;
      else days[field] = found;
    }
    mendWith(wrong);
    if (Object.keys(wrong).length > 0) return null;
    setBusy(true);
    const { data, error } = await client.mutation(UpdateRetention, { input: { version, ...days } });
    setBusy(false);
    const answer = data?.updateLeadRetention;
    if (answer?.retention != null) {
      begin(answer.retention);
      return answer.retention;
    }
    if (answer?.userErrors.some(({ code }) => code === 'CONFLICT')) {
      setStale(true);
      return null;
    }
    const { byField, rest } = fieldErrors(answer?.userErrors ?? [], fields);
    mendWith(byField);
    if (error !== undefined) setFailure(failureText(error));
    else if (Object.keys(byField).length === 0) setFailure(rest[0] ?? text.refused);
    return null;
  };
  const submit = async (version?: number) => {
    if ((await save(version)) !== null) notifications.show({ message: text.saved });
  };
  const takeTheirs = async () => {
    const now = await readAgain();
    if (now !== null) begin(now);
  };
  const keepMine = async () => {
    const now = await readAgain();
    if (now !== null) await submit(now.version);
  };
  const write = (field: Field, words: string) => {
    setWritten({ ...written, [field]: words });
    setErrors(Object.fromEntries(Object.entries(errors).filter(([of]) => of !== field)));
  };

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
            <Button type="submit" form="retention" loading={busy}>
              {text.save}
            </Button>
          </span>
        }
      />
      <div className={classes['screen']}>
        <p className={classes['intro']}>{text.intro}</p>
        <SaveNotices
          stale={stale}
          failure={failure}
          text={text}
          onTheirs={() => void takeTheirs()}
          onMine={() => void keepMine()}
        />
        <form
          ref={form}
          id="retention"
          noValidate
          autoComplete="off"
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <fieldset className={classes['periods']}>
            <legend>{text.periods}</legend>
            <div className={classes['card']}>
              {fields.map((field) => (
                <TextInput
                  key={field}
                  name={field}
                  classNames={{ root: classes['period'] ?? '', wrapper: classes['days'] ?? '' }}
                  label={text.fields[field].label}
                  description={text.fields[field].help}
                  inputMode="numeric"
                  maxLength={6}
                  rightSection={<span aria-hidden="true">{text.days}</span>}
                  rightSectionWidth={52}
                  value={written[field]}
                  error={errors[field]}
                  onChange={({ currentTarget }) => write(field, currentTarget.value)}
                />
              ))}
            </div>
          </fieldset>
        </form>
        <section aria-labelledby="past-time" className={classes['past']}>
          <h2 id="past-time" ref={past} tabIndex={-1}>
            {text.past.title}
          </h2>
          <Past past={read.pastTime} onErase={() => setErasing(true)} />
        </section>
      </div>
      {erasing && (
        <EraseDialog
          past={read.pastTime}
          onClose={() => setErasing(false)}
          onOthers={async () => {
            const now = await readAgain();
            // What is being written stays as it is; only who is past their time is told anew.
            if (now !== null) setRead({ ...read, pastTime: now.pastTime });
          }}
          onErased={({ pastTime }) => {
            setErasing(false);
            setRead({ ...read, pastTime });
            notifications.show({ message: text.confirm.done });
            // The button that had the keyboard is gone.
            requestAnimationFrame(() => past.current?.focus());
          }}
        />
      )}
      <LeaveGuard stuck={dirty} unsent={false} parked={false} why={text.unsaved} save={() => save()} />
    </>
  );
};

const Past = ({ past, onErase }: { past: PastTime; onErase: () => void }) => {
  const total = totalOf(past);
  return (
    <>
      <dl>
        {periods.map(({ kind }) => (
          <div key={kind}>
            <dt>{text.past.kinds[kind]}</dt>
            <dd className="num">{text.past.count(past[kind])}</dd>
          </div>
        ))}
      </dl>
      {past.toBeConfirmed ? (
        <div className={classes['notice']}>
          <b>{text.waiting.title(total)}</b>
          <p>{text.waiting.body}</p>
          <span>
            <Button variant="default" className="danger" onClick={onErase}>
              {text.waiting.open(total)}
            </Button>
          </span>
        </div>
      ) : (
        <p className="muted">{total === 0 ? text.past.nobody : text.past.soon}</p>
      )}
    </>
  );
};

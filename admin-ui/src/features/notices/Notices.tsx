import { Button } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useClient, useQuery } from 'urql';
import { failureText } from '~/gql/client';
import { useCan } from '~/gql/session';
import { Bar } from '~/ui/Bar';
import { EmptyState, ErrorState, Loading, SkeletonRows } from '~/ui/states';
import { useTitle } from '~/ui/title';
import { InThisBrowser } from './InThisBrowser';
import { Kind, Kinds } from './Kinds';
import classes from './Notices.module.css';
import { type Notices as Found, NoticesQuery, SendTestNotice } from './queries';
import { text } from './text';
import { useChoice } from './useChoice';

const fresh = { requestPolicy: 'network-only' } as const;
const kinds = ['received', 'urgent', 'due', 'assigned'] as const;

/** What one is told of leads by e-mail. */
export const Notices = () => {
  useTitle(text.title);
  return (
    <>
      <Bar title={text.title} />
      {useCan('WORK_LEADS') ? (
        <ReadNotices />
      ) : (
        <EmptyState title={text.forbidden.title}>{text.forbidden.body}</EmptyState>
      )}
    </>
  );
};

const ReadNotices = () => {
  const [{ data, error }, retry] = useQuery({ query: NoticesQuery, ...fresh });
  if (data !== undefined) return <OpenNotices read={data.leadNotices} />;
  return error === undefined ? (
    <Loading>
      <SkeletonRows rows={5} height={72} />
    </Loading>
  ) : (
    <ErrorState title={text.failed} onRetry={() => retry(fresh)}>
      {failureText(error)}
    </ErrorState>
  );
};

const OpenNotices = ({ read }: { read: Found }) => {
  const { shown, choose } = useChoice(read);
  const [before, after] = text.goTo;
  return (
    <div className={classes['screen']}>
      {!read.mailConfigured && <NoMail />}
      <p className={classes['intro']}>
        {before}
        <b>{read.email}</b>
        {after}
      </p>
      <Kinds legend={text.when}>
        {kinds.map((kind) => (
          <Kind key={kind} {...text.kinds[kind]} on={shown[kind]} onChange={(on) => void choose({ [kind]: on })} />
        ))}
      </Kinds>
      {read.mailConfigured && <TestLetter />}
      <InThisBrowser />
    </div>
  );
};

const NoMail = () => {
  const [before, after] = text.noMail.body;
  return (
    <div className={classes['notice']}>
      <b>{text.noMail.title}</b>
      <p>
        {before}
        <code>{text.noMail.setting}</code>
        {after}
      </p>
    </div>
  );
};

const TestLetter = () => {
  const client = useClient();
  const [sending, setSending] = useState(false);
  const [outcome, setOutcome] = useState<{ bad: boolean; says: string } | null>(null);

  const send = async () => {
    setSending(true);
    setOutcome(null);
    const { data, error } = await client.mutation(SendTestNotice, {});
    setSending(false);
    const answer = data?.sendTestNotice;
    if (answer?.notices != null) {
      setOutcome({ bad: false, says: text.test.sent(answer.notices.email) });
      return;
    }
    const why = error === undefined ? (answer?.userErrors[0]?.message ?? text.refused) : failureText(error);
    setOutcome({ bad: true, says: `${text.test.notSent}: ${why}` });
  };

  return (
    <div className={classes['test']}>
      <Button
        variant="default"
        leftSection={<IconSend size={16} stroke={1.6} aria-hidden />}
        loading={sending}
        onClick={() => void send()}
      >
        {text.test.send}
      </Button>
      <p role="status" data-bad={outcome?.bad || undefined}>
        {outcome?.says}
      </p>
    </div>
  );
};

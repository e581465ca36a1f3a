import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useQuery } from 'urql';
import { failureText } from '~/gql/client';
import { useCan } from '~/gql/session';
import { Bar } from '~/ui/Bar';
import { Chip } from '~/ui/Chip';
import { Listing } from '~/ui/Listing';
import { RelativeTime } from '~/ui/RelativeTime';
import list from '~/ui/rows.module.css';
import { useShortcuts } from '~/ui/shortcuts';
import { EmptyState } from '~/ui/states';
import { useTitle } from '~/ui/title';
import { type Target, TargetsQuery } from './queries';
import { TargetDialog } from './TargetDialog';
import { text } from './text';

const fresh = { requestPolicy: 'network-only' } as const;

/** Places that somebody may be sent to. */
export const Referrals = () => {
  useTitle(text.title);
  return useCan('MANAGE_SETTINGS') ? (
    <OpenReferrals />
  ) : (
    <>
      <Bar title={text.title} />
      <EmptyState title={text.forbidden.title}>{text.forbidden.body}</EmptyState>
    </>
  );
};

const OpenReferrals = () => {
  const [open, setOpen] = useState<Target | 'new' | null>(null);
  const [{ data, error, fetching }, retry] = useQuery({ query: TargetsQuery, ...fresh });
  useShortcuts('This list', [{ key: 'n', label: text.new, run: () => setOpen('new') }]);
  const found = data?.referralTargets;
  const make = (
    <Button leftSection={<IconPlus size={16} stroke={1.8} />} onClick={() => setOpen('new')}>
      {text.new}
    </Button>
  );
  return (
    <>
      <Bar title={text.title} end={found === undefined || found.length === 0 ? null : make} />
      <Listing
        found={found && { shown: found.length, totalCount: found.length, pageInfo: { hasNextPage: false } }}
        error={error === undefined ? null : failureText(error)}
        fetching={fetching}
        failed={text.failed}
        onRetry={() => retry(fresh)}
        onMore={() => {}}
        empty={
          <EmptyState title={text.empty.title} action={make}>
            {text.empty.body}
          </EmptyState>
        }
      >
        <table className={list['table']}>
          <caption className="visually-hidden">{text.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{text.columns.name}</th>
              <th scope="col">{text.columns.phone}</th>
              <th scope="col">{text.columns.verified}</th>
              <th scope="col">{text.columns.state}</th>
            </tr>
          </thead>
          <tbody>
            {found?.map((target) => (
              <tr key={target.id}>
                <td>
                  <button type="button" className={list['name']} onClick={() => setOpen(target)}>
                    {target.name}
                  </button>
                </td>
                <td className="num">{target.phone}</td>
                <td>
                  {target.verifiedAt === null ? (
                    <span className="muted">{text.never}</span>
                  ) : (
                    <RelativeTime at={target.verifiedAt} />
                  )}
                </td>
                <td>{target.inUse ? <Chip tone="ok">{text.inUse}</Chip> : <Chip>{text.notInUse}</Chip>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Listing>
      {open === null ? null : (
        <TargetDialog
          target={open === 'new' ? null : open}
          onClose={() => setOpen(null)}
          onSaved={() => {
            setOpen(null);
            retry(fresh);
          }}
        />
      )}
    </>
  );
};

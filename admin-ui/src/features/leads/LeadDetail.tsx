import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { failureText } from '~/gql/client';
import { useLive } from '~/gql/live';
import { EmptyState, ErrorState, Loading } from '~/ui/states';
import { usePolling } from '~/ui/usePolling';
import { ErasedLead } from './ErasedLead';
import { LeadSkeleton } from './LeadSkeleton';
import { OpenLead } from './OpenLead';
import { type Lead, LeadChangedSubscription, LeadDuplicatesQuery, LeadQuery } from './queries';
import { text } from './text';

const unheard = 5_000;
const heard = 60_000;

/** One lead, kept up to date while it is read. */
export const LeadDetail = ({
  id,
  mayWork,
  onChanged,
}: {
  id: string;
  mayWork: boolean;
  onChanged: (lead: Lead) => void;
}) => {
  const [{ data, error, fetching }, renew] = useQuery({ query: LeadQuery, variables: { id } });
  // Asked for beside the lead, which waits for nobody: without an answer there is no card.
  const [{ data: found }, renewOthers] = useQuery({ query: LeadDuplicatesQuery, variables: { id } });
  const readOthers = () => renewOthers({ requestPolicy: 'network-only' });
  const read = () => {
    renew({ requestPolicy: 'network-only' });
    readOthers();
  };
  /** Its history is told here. */
  const isMergedHere = (other: string) =>
    found?.leadDuplicates.some((each) => each.id === other && each.mergedInto?.id === id) === true;
  const isHeard = useLive(LeadChangedSubscription, {}, ({ leadChanged }) => {
    // What came or changed elsewhere may be from the same person.
    if (leadChanged == null || leadChanged.id === id || isMergedHere(leadChanged.id)) read();
    else readOthers();
  });
  usePolling(read, isHeard ? heard : unheard);
  const lead = useLast(data?.lead ?? undefined);
  const others = useLast(found?.leadDuplicates) ?? [];

  const [wasOpen, setWasOpen] = useState(false);
  if (lead !== undefined && lead.erasedAt === null && !wasOpen) setWasOpen(true);

  if (lead !== undefined) {
    if (lead.erasedAt !== null) return <ErasedLead lead={lead} erasedAt={lead.erasedAt} wasOpen={wasOpen} />;
    return <OpenLead lead={lead} others={others} mayWork={mayWork} onChanged={onChanged} onRevealed={read} />;
  }
  if (error !== undefined) {
    return (
      <ErrorState title={text.lead.failed} onRetry={read}>
        {failureText(error)}
      </ErrorState>
    );
  }
  if (fetching) {
    return (
      <Loading label={text.lead.loading}>
        <LeadSkeleton />
      </Loading>
    );
  }
  return (
    <EmptyState
      title={text.lead.missing.title}
      action={
        <Button variant="default" renderRoot={(props) => <Link to="/leads" search={true} {...props} />}>
          {text.lead.missing.action}
        </Button>
      }
    >
      {text.lead.missing.body}
    </EmptyState>
  );
};

/** The last value there was: a renewal that fails must not take away what is being read. */
const useLast = <T,>(value: T | undefined): T | undefined => {
  const [last, setLast] = useState(value);
  if (value !== undefined && value !== last) setLast(value);
  return value ?? last;
};

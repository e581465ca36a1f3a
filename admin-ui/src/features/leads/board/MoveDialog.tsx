import { useQuery } from 'urql';
import { type Lead, LeadQuery } from '../queries';
import { StatusDialog } from '../StatusDialog';
import { useLeadWork } from '../useLeadWork';
import type { Move } from './useMove';

/** Asks for what a move needs, once what is known of the lead is there. */
export const MoveDialog = ({
  move: { lead, to },
  onMoved,
  onClose,
}: {
  move: Move;
  onMoved: (lead: Lead) => void;
  onClose: () => void;
}) => {
  const [{ data }] = useQuery({ query: LeadQuery, variables: { id: lead.id }, requestPolicy: 'cache-and-network' });
  const work = useLeadWork(onMoved);
  if (data?.lead == null) return null;
  return <StatusDialog lead={data.lead} closing={to === 'CLOSED'} to={to} work={work} onClose={onClose} />;
};

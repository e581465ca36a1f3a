import { announce } from '@atlaskit/pragmatic-drag-and-drop-live-region';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useMutation } from 'urql';
import { failureText } from '~/gql/client';
import { ChangeLeadStatus, type Lead, type LeadRow, type LeadStatus } from '../queries';
import { mayMove, needsMore } from './columns';
import { text } from './text';

/** A lead and where it goes. */
export type Move = { lead: LeadRow; to: LeadStatus };

/**
 * Moves leads between states. What is simple is done at once; where more must be known than where it goes, `asking`
 * holds the move, for a dialog.
 */
export const useMove = (onMoved: (lead: Lead) => void, onStale: () => void) => {
  const [, changeStatus] = useMutation(ChangeLeadStatus);
  const [moving, setMoving] = useState<ReadonlyMap<string, LeadStatus>>(new Map());
  const [asking, setAsking] = useState<Move | null>(null);

  const move = async ({ lead, to }: Move) => {
    if (!mayMove(lead, to) || moving.has(lead.id)) return;
    if (needsMore(lead, to)) return setAsking({ lead, to });
    setMoving((now) => new Map([...now, [lead.id, to]]));
    const { data, error } = await changeStatus({ input: { id: lead.id, version: lead.version, status: to } });
    setMoving((now) => new Map([...now].filter(([id]) => id !== lead.id)));
    const payload = data?.changeLeadStatus;
    if (payload?.lead != null) {
      announce(text.moved(lead.reference, to));
      onMoved(payload.lead);
      return;
    }
    const [problem] = payload?.userErrors ?? [];
    // Somebody was faster: there is nothing to fill in, only to look again.
    if (problem !== undefined && problem.code !== 'CONFLICT') return setAsking({ lead, to });
    const message = problem?.message ?? (error === undefined ? '' : failureText(error));
    notifications.show({ color: 'red', title: text.failed(lead.reference), message });
    onStale();
  };

  return { move, moving, asking, settle: () => setAsking(null) };
};

import { Chip, type Tone } from '~/ui/Chip';
import type { LeadStatus } from './queries';
import { text } from './text';

const tones: Record<LeadStatus, Tone> = {
  NEW: 'info',
  ATTEMPTING: 'warn',
  CONTACTED: 'ok',
  QUALIFIED: 'ok',
  SCHEDULED: 'ok',
  ADMITTED: 'ok',
  CLOSED: 'neutral',
};

export const StatusChip = ({ status }: { status: LeadStatus }) => (
  <Chip tone={tones[status]}>{text.status[status]}</Chip>
);

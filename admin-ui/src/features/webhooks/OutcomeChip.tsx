import { Chip, type Tone } from '~/ui/Chip';
import type { Outcome } from './delivery';
import { text } from './text';

const tones: Record<Outcome['kind'], Tone> = { taken: 'ok', onItsWay: 'info', waiting: 'warn', givenUp: 'bad' };

export const OutcomeChip = ({ outcome: { kind } }: { outcome: Outcome }) => (
  <Chip tone={tones[kind]}>{text.log.state[kind]}</Chip>
);

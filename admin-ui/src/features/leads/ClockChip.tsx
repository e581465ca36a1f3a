import { Chip } from '~/ui/Chip';
import { countsDown, rowClock, type Timed } from './clock';
import { useTick } from './useTick';

/** How long is left, how late it is, or when it goes on. Heard is only what does not move. */
export const ClockChip = ({ lead }: { lead: Timed }) => {
  const now = useTick((present) => countsDown(lead, present));
  const clock = rowClock(lead, now);
  return clock === null ? null : (
    <Chip tone={clock.tone} plain>
      <span aria-hidden="true" title={clock.title}>
        {clock.words}
      </span>
      <span className="visually-hidden">{clock.title}</span>
    </Chip>
  );
};

import { fromLocal, ownZone } from '~/features/entries/publish/zone';
import type { Lead, LeadStep, Place } from './queries';
import { stepText } from './stepText';
import type { Errors } from './useDialogForm';

/** What was filled in of somebody's coming; the time is the place's own. */
export type Coming = { place: string; local: string; transport: string };
export const noComing: Coming = { place: '', local: '', transport: '' };

/** The place that is chosen; where there is only one, that. */
export const placeOf = ({ place }: Coming, places: Place[]): Place | undefined =>
  places.find(({ id }) => id === place) ?? (places.length === 1 ? places[0] : undefined);

/** A day, a place and a way to get there, or what is missing. */
export const judgeComing = (
  coming: Coming,
  places: Place[],
  now: number,
): { arrival: NonNullable<LeadStep['arrival']>; wrong: null } | { arrival: null; wrong: Errors } => {
  const { local, transport } = coming;
  const found = placeOf(coming, places);
  const at = local === '' ? null : fromLocal(local, found?.timeZone ?? ownZone());
  const wrong: Errors = {
    ...(found === undefined ? { location: stepText.arrival.noPlace } : {}),
    ...(at === null ? { at: stepText.arrival.noTime } : at.getTime() <= now ? { at: stepText.arrival.past } : {}),
    ...(transport.trim() === '' ? { transport: stepText.arrival.noTransport } : {}),
  };
  if (found === undefined || at === null || Object.keys(wrong).length > 0) return { arrival: null, wrong };
  return { arrival: { location: found.id, at: at.toISOString(), transport }, wrong: null };
};

/** When somebody comes, by the clock of the place, and where. */
export const comesWords = ({ at, place }: NonNullable<Lead['arrival']>): string => {
  const zone = place?.timeZone;
  const clock = new Intl.DateTimeFormat('en', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    ...(zone === undefined ? {} : { timeZone: zone, timeZoneName: 'short' }),
  });
  return stepText.arrival.comes(clock.format(new Date(at)), place?.name ?? null);
};

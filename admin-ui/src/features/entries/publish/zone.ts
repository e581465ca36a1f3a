/*
 * Times as somebody in a time zone writes them: `2026-12-24T09:00`, without an offset. The zone says what that is.
 */

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

export const zones = (): string[] => {
  const own = ownZone();
  const all = Intl.supportedValuesOf('timeZone');
  return all.includes(own) ? all : [own, ...all];
};

/** How a moment is written in a zone. */
export const toLocal = (at: Date, zone: string): string => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
};

/** The moment that is written like this in a zone. Null for what is no time, or one that a change of the clocks leaves out. */
export const fromLocal = (local: string, zone: string): Date | null => {
  const asUtc = Date.parse(`${local}:00Z`);
  if (Number.isNaN(asUtc)) return null;
  // Where the zone's offset changes near by, the first guess can be an hour off; the second is not.
  let guess = asUtc;
  for (let turn = 0; turn < 2; turn += 1) {
    guess += asUtc - Date.parse(`${toLocal(new Date(guess), zone)}:00Z`);
  }
  const found = new Date(guess);
  return toLocal(found, zone) === local ? found : null;
};

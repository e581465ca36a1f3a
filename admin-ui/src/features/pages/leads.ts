const number = new Intl.NumberFormat('en');

/** Leads of the last 90 days that came from a page, in a line. What is rounded down is said to be so. */
export const leadsInWords = ({
  rounded,
  leads: { received, qualified },
}: {
  rounded: boolean;
  leads: { received: number | null; qualified: number | null };
}): string => {
  const about = (count: number) => `${number.format(count)}${rounded ? ' or more' : ''}`;
  const said = (words: string) => `Leads from this page: ${words} (90 days)`;
  if (received === null) return said('fewer than 5');
  if (received === 0) return said('none');
  return said(qualified === null ? about(received) : `${about(received)}, ${about(qualified)} qualified`);
};

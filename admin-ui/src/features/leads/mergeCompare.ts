import type { Person } from './reveal';

/* What is looked at to tell whether two leads are of one person. */

/** Characters of a message that tell enough. */
const most = 280;

/** What two persons share. Numbers come in one form; addresses are written as people write them. */
export const alike = (one: Reached, other: Reached): { phone: boolean; email: boolean } => ({
  phone: !isEmpty(one.phone) && one.phone === other.phone,
  email: !isEmpty(one.email) && one.email?.trim().toLowerCase() === other.email?.trim().toLowerCase(),
});

/** The beginning of a message, on one line, cut between two words. */
export const firstWords = (message: string): string => {
  const line = message.trim().replace(/\s+/gu, ' ');
  if (line.length <= most) return line;
  const cut = line.slice(0, most + 1);
  const end = cut.lastIndexOf(' ');
  return `${cut.slice(0, end > most / 2 ? end : most)}…`;
};

const isEmpty = (value: string | null): boolean => value === null || value.trim() === '';

type Reached = Pick<Person, 'phone' | 'email'>;

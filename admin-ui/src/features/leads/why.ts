/** Characters of a reason that stays in the audit log. */
export const mostOfWhy = 200;
const leastOfWhy = 3;

/** Whether it is enough to be understood later. */
export const isWhy = (words: string): boolean => {
  const { length } = words.trim();
  return length >= leastOfWhy && length <= mostOfWhy;
};

/** What is found where nothing is wrong. */
export const noFault = { acknowledged: 0, lost: [], doubled: [], contradicted: [], shared: [], broken: [] };

/**
 * Holds the leads that staff see against what visitors were told. Answers how many keys were acknowledged, and by their
 * references:
 * `lost`: acknowledged, and not there;
 * `doubled`: there more than once, or though no key was answered so;
 * `contradicted`: told to a key that had been told another;
 * `shared`: told to a key after another key had been told the same;
 * `broken`: not readable, without consent or without a first event.
 */
export const judge = (entries, leads) => {
  const told = new Map();
  const acknowledged = new Set();
  const [contradicted, shared] = [[], []];
  for (const [key, reference] of entries) {
    if (told.has(key)) {
      if (told.get(key) !== reference) contradicted.push(reference);
      continue;
    }
    if (acknowledged.has(reference)) shared.push(reference);
    told.set(key, reference);
    acknowledged.add(reference);
  }

  const found = new Set();
  const doubled = [];
  for (const { reference } of leads) {
    if (found.has(reference) || !acknowledged.has(reference)) doubled.push(reference);
    found.add(reference);
  }
  const lost = [...acknowledged].filter((reference) => !found.has(reference));
  const broken = leads.filter((lead) => !isWhole(lead)).map(({ reference }) => reference);
  return { acknowledged: told.size, lost, doubled, contradicted, shared, broken };
};

const isWhole = ({ name, email, consent, timeline }) =>
  name !== unreadable && email !== unreadable && consent !== null && timeline.length > 0;

/** What staff see instead of a field that does not open. */
const unreadable = '(unreadable)';

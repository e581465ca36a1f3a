/*
 * A list is called by what it holds, “Questions”; one of them by the same word, “Question”.
 */

const singularOf = (word: string): string => {
  if (/[^aeiou]ies$/i.test(word)) return `${word.slice(0, -3)}y`;
  if (/(ss|x|ch|sh)es$/i.test(word)) return word.slice(0, -2);
  return /[^s]s$/i.test(word) ? word.slice(0, -1) : word;
};

/** The first plural is what is counted: “Numbers to call” is made of one “Number to call” after the other. */
export const itemName = (list: string): string => {
  const words = list.split(' ');
  const place = words.findIndex((word) => singularOf(word) !== word);
  return place === -1 ? list : words.with(place, singularOf(words[place] ?? '')).join(' ');
};

/** “a question”, “an effect”, “an hour”. */
export const withArticle = (name: string): string => {
  const small = name.charAt(0).toLowerCase() + name.slice(1);
  return `${/^(?:[aeio]|hour)/.test(small) ? 'an' : 'a'} ${small}`;
};

/** Puts words into the clipboard; answers whether it could, which browsers refuse outside of secure addresses. */
export const copyText = async (words: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return false;
  }
};

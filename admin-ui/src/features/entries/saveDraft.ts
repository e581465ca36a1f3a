import type { Client } from 'urql';
import { failureText } from '~/gql/client';
import type { Change, SaveAnswer } from './entry';
import { SaveDraft, type SaveDraftInput } from './queries';
import { tab } from './tab';

/** Saves a draft of any sort of entry. */
export const saveDraft =
  (client: Client, id: string) =>
  async (change: Change): Promise<SaveAnswer> => {
    // The patch is the stored JSON; the server reads every part of it and answers with the path of what is wrong.
    const patch = change.patch as SaveDraftInput['patch'];
    const { data, error } = await client.mutation(SaveDraft, { input: { id, tab, ...change, patch } });
    if (error !== undefined) {
      return { kind: 'failed', message: error.networkError ? 'the server cannot be reached' : failureText(error) };
    }
    const { draft, userErrors } = data?.saveDraft ?? { draft: null, userErrors: [] };
    if (draft === null) return { kind: 'refused', userErrors };
    const entry = { id, ...draft.entry };
    return draft.conflicts.length > 0 ? { kind: 'apart', entry, conflicts: draft.conflicts } : { kind: 'done', entry };
  };

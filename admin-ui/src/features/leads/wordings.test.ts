import { describe, expect, it } from 'vitest';
import { wordingsOf } from './wordings';

describe('the wordings to read aloud', () => {
  it('are taken from the form as they stand', () => {
    const leadForm = { consent: { wording: 'You may contact me.' }, textConsent: { wording: 'Texts too.' } };
    expect(wordingsOf({ data: { leadForm } })).toEqual({ contact: 'You may contact me.', texts: 'Texts too.' });
  });

  it('are none where the answer lacks one', () => {
    const refused = { errors: [{ message: 'DOCUMENT_NOT_ALLOWED' }] };
    const half = { data: { leadForm: { consent: { wording: 'You may contact me.' } } } };
    for (const answer of [refused, half, { data: null }, { data: { leadForm: null } }]) {
      expect(wordingsOf(answer)).toBeNull();
    }
  });
});

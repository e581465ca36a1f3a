import { describe, expect, it } from 'vitest';
import { isByPhone, standsIn } from './byPhone';
import { type Call, inputOf, isWritten, newKey, noCall, staffErrors } from './call';
import { aLead } from './fixtures';

const now = new Date(2026, 10, 24, 10, 12).getTime();
const after = (given: Partial<Call>) => inputOf({ ...noCall, ...given }, 'k'.repeat(16), now);

describe('a call', () => {
  it('allows nothing that was not said, and goes on tomorrow morning', () => {
    expect(after({})).toEqual({
      idempotencyKey: 'k'.repeat(16),
      name: '',
      contact: { phone: '', email: '' },
      relationship: 'SELF',
      underAge: 'NOT_SAID',
      safeContact: { voicemail: false, text: false, sayWhoCalls: false, preferred: null, bestTime: '' },
      insurance: '',
      message: '',
      agreed: false,
      agreedToTexts: false,
      nextActionAt: new Date(2026, 10, 25, 9).toISOString(),
    });
  });

  it('holds no consent to texts where texts are not safe', () => {
    expect(after({ text: true, agreedToTexts: true }).agreedToTexts).toBe(true);
    expect(after({ text: false, agreedToTexts: true }).agreedToTexts).toBe(false);
  });

  it('leaves a time that is missing to the server', () => {
    expect(after({ next: { pick: 'OTHER', other: '' } }).nextActionAt).toBeNull();
  });

  it('can be lost as soon as something is written or chosen', () => {
    expect(isWritten(noCall)).toBe(false);
    expect(isWritten({ ...noCall, name: '  ' })).toBe(false);
    const said: Partial<Call>[] = [
      { name: 'Quinn' },
      { relationship: 'OTHER' },
      { voicemail: true },
      { agreed: true },
      { next: { pick: 'HOUR', other: '' } },
    ];
    for (const each of said) expect(isWritten({ ...noCall, ...each })).toBe(true);
  });

  it('is refused in words for whoever takes it', () => {
    const refused = (code: 'REQUIRED' | 'INVALID', path: string[]) =>
      staffErrors([{ code, path, message: 'Write how we may call you.' }])[0]?.message;
    expect(refused('REQUIRED', ['input', 'name'])).toBe('Ask what they may be called; a first name is enough.');
    expect(refused('INVALID', ['input', 'name'])).toBe('Write how we may call you.');
  });

  it('has a key of its own', () => {
    expect(newKey()).toMatch(/^[0-9a-f]{32}$/);
    expect(newKey()).not.toBe(newKey());
  });

  it('stands with what is open and one’s own, and with what is urgent if it is', () => {
    const views = (priority: 'NORMAL' | 'URGENT') =>
      (['OPEN', 'MINE', 'UNASSIGNED', 'URGENT', 'OVERDUE', 'CLOSED', 'ALL'] as const).filter((view) =>
        standsIn(view, { priority }),
      );
    expect(views('NORMAL')).toEqual(['OPEN', 'MINE', 'ALL']);
    expect(views('URGENT')).toEqual(['OPEN', 'MINE', 'URGENT', 'ALL']);
  });

  it('came from no page, unlike what was written, and unlike what was erased', () => {
    expect(isByPhone(aLead('A'))).toBe(false);
    expect(isByPhone(aLead('A', { sourcePath: '' }))).toBe(true);
    expect(isByPhone(aLead('A', { sourcePath: '', erasedAt: '2026-11-24T10:00:00Z' }))).toBe(false);
  });
});

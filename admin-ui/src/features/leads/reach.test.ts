import { describe, expect, it } from 'vitest';
import { aConsent, anEvent } from './fixtures';
import type { Lead } from './queries';
import { mayLeaveVoicemail, openWays, patientWays, textsRefused, waysToPatient, waysToReach } from './reach';

type Terms = Pick<Lead, 'safeContact' | 'consent' | 'timeline' | 'ways'>;
const person = { phone: '+17815550142', email: 'sam@example.com' };
const terms = (
  safe: Partial<Terms['safeContact']> = {},
  given: Partial<NonNullable<Terms['consent']>> = {},
): Terms => ({
  safeContact: { voicemail: false, text: false, sayWhoCalls: false, preferred: null, suppression: null, ...safe },
  consent: aConsent(given),
  timeline: [],
  ways: ['CALL', 'TEXT', 'EMAIL', 'VOICEMAIL'],
});
const methods = (...of: Parameters<typeof waysToReach>) => waysToReach(...of).map(({ method }) => method);

describe('the ways to reach a person', () => {
  it('always hold a call to a given number', () => {
    expect(waysToReach(terms(), { ...person, email: null })).toEqual([{ method: 'PHONE', href: 'tel:+17815550142' }]);
  });

  it('hold a text only when it is safe and agreed to', () => {
    expect(methods(terms({ text: true }, { texts: true }), person)).toEqual(['PHONE', 'TEXT', 'EMAIL']);
    expect(methods(terms({ text: true }, { texts: false }), person)).toEqual(['PHONE', 'EMAIL']);
    expect(methods(terms({ text: false }, { texts: true }), person)).toEqual(['PHONE', 'EMAIL']);
    expect(methods({ ...terms({ text: true }), consent: null }, person)).toEqual(['PHONE', 'EMAIL']);
  });

  it('begin with what the person likes best, if that is open', () => {
    expect(methods(terms({ preferred: 'EMAIL' }), person)).toEqual(['EMAIL', 'PHONE']);
    expect(methods(terms({ preferred: 'TEXT', text: true }, { texts: true }), person)).toEqual([
      'TEXT',
      'PHONE',
      'EMAIL',
    ]);
    expect(methods(terms({ preferred: 'TEXT' }), person)).toEqual(['PHONE', 'EMAIL']);
  });

  it('are none for who asked not to be contacted, until they write again', () => {
    const asked = { since: '2026-11-24T10:00:00Z', reason: 'SAID', holds: true } as const;
    expect(methods(terms({ suppression: asked }), person)).toEqual([]);
    expect(methods(terms({ suppression: { ...asked, holds: false } }), person)).toEqual(['PHONE', 'EMAIL']);
  });

  it('are none once the consent was taken back', () => {
    expect(methods(terms({ text: true }, { texts: true, withdrawnAt: '2026-11-25T10:00:00Z' }), person)).toEqual([]);
  });

  it('are those they agreed to', () => {
    expect(methods({ ...terms({ text: true }, { texts: true }), ways: ['EMAIL'] }, person)).toEqual(['EMAIL']);
  });

  it('are none where nothing was given', () => {
    expect(methods(terms(), { phone: null, email: null })).toEqual([]);
  });

  it('carry a number or an address and nothing else', () => {
    expect(methods(terms(), { phone: '+1781555?x=1', email: null })).toEqual([]);
    expect(waysToReach(terms(), { phone: null, email: 'sam?cc=eve@example.com' })).toEqual([
      { method: 'EMAIL', href: 'mailto:sam%3Fcc%3Deve@example.com' },
    ]);
    expect(methods(terms(), { phone: null, email: 'nobody' })).toEqual([]);
  });
});

describe('what may be written down as done', () => {
  const masked = { phone: '(•••) •••-••42', email: 's•••@•••.com' };
  it('is what was given, is safe and was agreed to', () => {
    expect(openWays({ ...terms({ text: true }, { texts: true }), ...masked })).toEqual(['PHONE', 'TEXT', 'EMAIL']);
    expect(openWays({ ...terms({ text: true }), ...masked })).toEqual(['PHONE', 'EMAIL']);
    expect(openWays({ ...terms({ text: true }, { texts: true }), ...masked, phone: null })).toEqual(['EMAIL']);
    expect(openWays({ ...terms(), phone: null, email: null })).toEqual([]);
    expect(openWays({ ...terms({}, { withdrawnAt: '2026-11-25T10:00:00Z' }), ...masked })).toEqual([]);
  });
});

describe('why there is no text', () => {
  it('names what was taken back before safety', () => {
    const timeline = [anEvent('2', { kind: 'CONSENT_WITHDRAWN', consent: 'TEXTS' })];
    expect(textsRefused({ ...terms(), timeline })).toBe('taken-back');
    expect(textsRefused({ ...terms({ text: true }), timeline })).toBe('taken-back');
  });

  it('names safety before consent', () => {
    expect(textsRefused(terms())).toBe('unsafe');
    expect(textsRefused(terms({ text: true }))).toBe('no-consent');
    expect(textsRefused(terms({ text: true }, { texts: true }))).toBeNull();
  });
});

describe('the ways to reach a patient, whom somebody else wrote for', () => {
  const { safeContact } = terms({ voicemail: true, text: true });

  it('are those they agreed to themself, whatever the other allowed', () => {
    expect(patientWays({ safeContact, patientWays: [] })).toEqual([]);
    expect(patientWays({ safeContact, patientWays: ['VOICEMAIL', 'EMAIL', 'CALL'] })).toEqual(['PHONE', 'EMAIL']);
    expect(
      waysToPatient({ safeContact, patientWays: ['CALL', 'TEXT'] }, { ...person, name: 'Sam', phoneDisplay: null }),
    ).toEqual([
      { method: 'PHONE', href: 'tel:+17815550142' },
      { method: 'TEXT', href: 'sms:+17815550142' },
    ]);
  });

  it('are none while one of the numbers asked not to be contacted', () => {
    const suppression = { since: '2026-11-24T10:00:00Z', reason: 'SAID', holds: true } as const;
    expect(patientWays({ safeContact: { ...safeContact, suppression }, patientWays: ['CALL'] })).toEqual([]);
  });

  it('include their voicemail only by their own word', () => {
    expect(mayLeaveVoicemail({ safeContact, ways: [], patientWays: ['CALL'] }, 'PATIENT')).toBe(false);
    expect(mayLeaveVoicemail({ safeContact, ways: [], patientWays: ['CALL', 'VOICEMAIL'] }, 'PATIENT')).toBe(true);
    expect(mayLeaveVoicemail({ safeContact, ways: ['VOICEMAIL'], patientWays: [] }, 'INQUIRER')).toBe(true);
  });
});

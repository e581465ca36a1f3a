import { describe, expect, it } from 'vitest';
import { givenConsents, isWithdrawn, textsTakenBackAt } from './consent';
import { aConsent, anEvent } from './fixtures';

const later = '2026-11-25T10:00:00Z';

describe('what can still be taken back', () => {
  it('is what was agreed to and not taken back before', () => {
    expect(givenConsents({ consent: aConsent({ texts: true }) })).toEqual(['CONTACT', 'TEXTS']);
    expect(givenConsents({ consent: aConsent() })).toEqual(['CONTACT']);
    expect(givenConsents({ consent: aConsent({ texts: true, withdrawnAt: later }) })).toEqual(['TEXTS']);
    expect(givenConsents({ consent: aConsent({ withdrawnAt: later }) })).toEqual([]);
    expect(givenConsents({ consent: null })).toEqual([]);
  });
});

describe('who may be contacted', () => {
  it('is everybody who did not take that back', () => {
    expect(isWithdrawn({ consent: aConsent() })).toBe(false);
    expect(isWithdrawn({ consent: null })).toBe(false);
    expect(isWithdrawn({ consent: aConsent({ withdrawnAt: later }) })).toBe(true);
  });
});

describe('when texts were taken back', () => {
  const noTexts = anEvent('2', { kind: 'CONSENT_WITHDRAWN', consent: 'TEXTS', at: later });
  const noContact = anEvent('3', { kind: 'CONSENT_WITHDRAWN', consent: 'CONTACT', at: later });

  it('is told by the timeline', () => {
    expect(textsTakenBackAt({ consent: aConsent(), timeline: [noTexts, anEvent('1')] })).toBe(later);
  });

  it('is never where they were not agreed to, or still are', () => {
    expect(textsTakenBackAt({ consent: aConsent(), timeline: [noContact, anEvent('1')] })).toBeNull();
    expect(textsTakenBackAt({ consent: aConsent({ texts: true }), timeline: [noContact] })).toBeNull();
    expect(textsTakenBackAt({ consent: null, timeline: [] })).toBeNull();
  });
});

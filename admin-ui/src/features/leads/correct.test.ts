import { expect, test } from 'vitest';
import { changeOf, type Form } from './correct';

const form: Form = {
  name: 'Sample Visitor',
  phone: '(781) 555-0142',
  email: '',
  relationship: 'SELF',
  voicemail: false,
  text: false,
  sayWhoCalls: true,
  preferred: 'PHONE',
};

test('only what is different is told', () => {
  expect(changeOf(form, form)).toBeNull();
  expect(changeOf(form, { ...form, phone: '', email: 'sam@example.org', preferred: null })).toEqual({
    phone: '',
    email: 'sam@example.org',
    preferred: null,
  });
});

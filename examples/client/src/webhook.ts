import { createHmac, timingSafeEqual } from 'node:crypto';

const toleranceSeconds = 5 * 60;

/** Whether a request is what Hillside signed, and of these minutes (standardwebhooks.com). `secret` is `whsec_…`. */
export const isSigned = (secret: string, headers: Headers, body: string, now = Date.now()): boolean => {
  const id = headers.get('webhook-id') ?? '';
  const timestamp = headers.get('webhook-timestamp') ?? '';
  const age = Math.abs(now / 1000 - Number(timestamp));
  if (id === '' || timestamp === '' || !(age <= toleranceSeconds)) return false;

  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  if (key.length === 0) return false;
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  // Standard Webhooks allows several, for the time in which a secret is replaced.
  const signatures = (headers.get('webhook-signature') ?? '').split(' ').filter((each) => each.startsWith('v1,'));
  return signatures.some((each) => {
    const signature = Buffer.from(each.slice('v1,'.length), 'base64');
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  });
};

// Tries one number after another until what is derived from it begins as asked for: ALTCHA, protocol 2.

onmessage = async ({ data: { cost, keyLength, keyPrefix, nonce, salt } }) => {
  const began = performance.now();
  const prefix = bytes(keyPrefix);
  const rule = { name: 'PBKDF2', hash: 'SHA-256', salt: bytes(salt), iterations: cost };
  const password = new Uint8Array([...bytes(nonce), 0, 0, 0, 0]);
  const view = new DataView(password.buffer);
  for (let counter = 0; counter < 2 ** 32; counter++) {
    view.setUint32(password.length - 4, counter);
    const secret = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
    const derived = new Uint8Array(await crypto.subtle.deriveBits(rule, secret, keyLength * 8));
    if (prefix.every((byte, place) => byte === derived[place])) {
      const time = Math.round(performance.now() - began);
      postMessage({ counter, derivedKey: hex(derived), time });
      return;
    }
  }
};

const bytes = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const hex = (found) => Array.from(found, (byte) => byte.toString(16).padStart(2, '0')).join('');

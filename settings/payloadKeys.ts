import { z } from 'zod';

const KEY_BYTES = 32;

/** A key for the payloads that Temporal stores, and the id under which payloads name it. */
export interface PayloadKey {
  id: string;
  /** 32 bytes, for AES-256. */
  key: Buffer;
}

/** Keys as `id:base64`, with commas between them. The first one encrypts; all of them decrypt. */
export const payloadKeys = z.string().transform((text, context): PayloadKey[] => {
  const keys = text.split(',').map((part) => {
    const [, id = '', encoded = ''] = /^\s*([\w.-]{1,40}):([A-Za-z0-9+/]+={0,2})\s*$/.exec(part) ?? [];
    return { id, key: Buffer.from(encoded, 'base64') };
  });
  if (keys.some(({ id, key }) => id === '' || key.length !== KEY_BYTES)) {
    context.addIssue('each key must be written as id:key, the key being 32 bytes in base64 (openssl rand -base64 32)');
  } else if (new Set(keys.map(({ id }) => id)).size < keys.length) {
    context.addIssue('each id may be used once');
  }
  return keys;
});

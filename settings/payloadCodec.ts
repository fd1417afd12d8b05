import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import type { PayloadKey } from './payloadKeys';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ENCODING = 'binary/encrypted';

/** A payload was encrypted with a key that this process was not given. */
export class UnknownPayloadKeyError extends Error {
  constructor(id: string) {
    super(`The payload was encrypted with the key ${id}: add it to TEMPORAL_PAYLOAD_KEYS`);
    this.name = 'UnknownPayloadKeyError';
  }
}

/**
 * Encrypts payloads on their way to Temporal and decrypts them on their way back: AES-256-GCM, a nonce for each, bound to the id of the
 * key. The first key encrypts, all of them decrypt; what was stored before there was a key is read as it is.
 */
export class EncryptingCodec implements PayloadCodec {
  private readonly newest: PayloadKey;
  private readonly keys: ReadonlyMap<string, Buffer>;

  constructor(keys: readonly PayloadKey[]) {
    const [newest] = keys;
    if (!newest) throw new RangeError('At least one key is needed');
    this.newest = newest;
    this.keys = new Map(keys.map(({ id, key }) => [id, key]));
  }

  async encode(payloads: Payload[]): Promise<Payload[]> {
    return await Promise.resolve(payloads.map((payload) => this.encrypt(payload)));
  }

  /** Throws UnknownPayloadKeyError. What is no whole payload of ours stays as it is, so that it is refused like any other rubbish. */
  async decode(payloads: Payload[]): Promise<Payload[]> {
    return await Promise.resolve(payloads.map((payload) => this.decrypt(payload)));
  }

  private encrypt(payload: Payload): Payload {
    if (isEncrypted(payload)) return payload;
    const { id, key } = this.newest;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(id));
    const plain = temporal.api.common.v1.Payload.encode(payload).finish();
    const data = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    return { metadata: { encoding: Buffer.from(ENCODING), 'encryption-key-id': Buffer.from(id) }, data };
  }

  private decrypt(payload: Payload): Payload {
    if (!isEncrypted(payload)) return payload;
    const id = text(payload.metadata?.['encryption-key-id']);
    const key = this.keys.get(id);
    if (!key) throw new UnknownPayloadKeyError(id);
    try {
      const data = Buffer.from(payload.data ?? []);
      const decipher = createDecipheriv(CIPHER, key, data.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(id));
      decipher.setAuthTag(data.subarray(-TAG_BYTES));
      const plain = Buffer.concat([decipher.update(data.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
      return temporal.api.common.v1.Payload.decode(plain);
    } catch {
      return payload;
    }
  }
}

function isEncrypted({ metadata }: Payload): boolean {
  return text(metadata?.['encoding']) === ENCODING;
}

function text(bytes: Uint8Array | null | undefined): string {
  return Buffer.from(bytes ?? []).toString('utf8');
}

import { randomBytes } from 'node:crypto';
import type { Payload } from '@temporalio/common';
import { defaultPayloadConverter } from '@temporalio/common';
import { EncryptingCodec, UnknownPayloadKeyError } from '../../settings/payloadCodec';

const [oldKey, newKey] = [
  { id: '2026-01', key: randomBytes(32) },
  { id: '2026-11', key: randomBytes(32) },
];
const PLAIN = defaultPayloadConverter.toPayload({ stage: 'WORK_IN_PROGRESS', by: 'Robin' });

async function encode(codec: EncryptingCodec, payload: Payload): Promise<Payload> {
  const [encoded] = await codec.encode([payload]);
  return encoded ?? {};
}

function valueOf([payload]: Payload[]): unknown {
  return payload && defaultPayloadConverter.fromPayload(payload);
}

it('gives back what it was given, and shows nothing of it in between', async () => {
  const codec = new EncryptingCodec([oldKey]);
  const encoded = await encode(codec, PLAIN);
  expect(Buffer.from(encoded.data ?? []).toString('latin1')).not.toMatch(/WORK|Robin|json/);
  expect(valueOf(await codec.decode([encoded]))).toEqual({ stage: 'WORK_IN_PROGRESS', by: 'Robin' });
});

it('never encrypts the same payload to the same bytes', async () => {
  const codec = new EncryptingCodec([oldKey]);
  expect((await encode(codec, PLAIN)).data).not.toEqual((await encode(codec, PLAIN)).data);
});

it('reads what an earlier key encrypted after a new one has come, and writes with the new one', async () => {
  const before = await encode(new EncryptingCodec([oldKey]), PLAIN);
  const rotated = new EncryptingCodec([newKey, oldKey]);
  expect(valueOf(await rotated.decode([before]))).toEqual(valueOf([PLAIN]));
  const after = await encode(rotated, PLAIN);
  expect(valueOf(await new EncryptingCodec([newKey]).decode([after]))).toEqual(valueOf([PLAIN]));
});

it('reads what was stored before there was a key', async () => {
  expect(await new EncryptingCodec([oldKey]).decode([PLAIN])).toEqual([PLAIN]);
});

it('names the key that is missing', async () => {
  const encoded = await encode(new EncryptingCodec([oldKey]), PLAIN);
  const decoded = new EncryptingCodec([newKey]).decode([encoded]);
  await expect(decoded).rejects.toThrow(new UnknownPayloadKeyError('2026-01'));
});

it.each([
  ['a changed byte', (data: Buffer) => data.fill(data.readUInt8(20) ^ 1, 20, 21)],
  ['a cut-off end', (data: Buffer) => data.subarray(0, -1)],
  ['next to nothing', (data: Buffer) => data.subarray(0, 3)],
])('does not read %s: the payload stays as it is', async (_name, spoil) => {
  const codec = new EncryptingCodec([oldKey]);
  const encoded = await encode(codec, PLAIN);
  const spoilt = { ...encoded, data: spoil(Buffer.from(encoded.data ?? [])) };
  expect(await codec.decode([spoilt])).toEqual([spoilt]);
});

it('does not take a payload for another key’s', async () => {
  const codec = new EncryptingCodec([oldKey, { ...oldKey, id: 'other' }]);
  const { metadata, data } = await encode(codec, PLAIN);
  const renamed = { metadata: { ...metadata, 'encryption-key-id': Buffer.from('other') }, ...(data ? { data } : {}) };
  expect(await codec.decode([renamed])).toEqual([renamed]);
});

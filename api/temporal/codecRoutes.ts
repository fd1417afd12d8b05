import { z } from '@hono/zod-openapi';
import type { Payload } from '@temporalio/common';
import { EncryptingCodec, UnknownPayloadKeyError } from '../../settings/payloadCodec';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { ApiError } from '../errors';

/** A page of a history in the Temporal UI asks for all of its payloads at once. */
const LARGEST_BODY_BYTES = 8 * 1024 * 1024;

/** A payload as Temporal's protocol writes it in JSON: bytes as base64. */
const PayloadSchema = z
  .object({ metadata: z.record(z.string(), z.base64()).default({}), data: z.base64().default('') })
  .openapi('Payload');
const PayloadsSchema = z.object({ payloads: z.array(PayloadSchema).max(10_000) });

/** The Temporal UI adds options of its protocol, which differ from version to version: none changes what is decrypted here. */
const UiOptionsSchema = z.looseObject({});

/** The codec server of the Temporal UI: signed-in managers read there what is encrypted. */
export function codecRoutes(api: Api, { settings }: ApiDependencies): void {
  const keys = settings.TEMPORAL_PAYLOAD_KEYS;
  const codec = keys && new EncryptingCodec(keys);

  function route(operation: 'encode' | 'decode', summary: string): void {
    endpoint(
      api,
      {
        method: 'post',
        path: `/codec/${operation}`,
        tag: 'Temporal UI',
        summary,
        permission: 'read payloads',
        query: UiOptionsSchema,
        body: PayloadsSchema,
        largestBodyBytes: LARGEST_BODY_BYTES,
      },
      async ({ body }) => {
        const payloads = body.payloads.map(fromJson);
        const turned = codec ? await explained(() => codec[operation](payloads)) : payloads;
        return { extra: { payloads: turned.map(toJson) } };
      },
    );
  }

  route('decode', 'Decrypt payloads of a filing’s workflow, for the Temporal UI');
  route('encode', 'Encrypt payloads of a message that is sent from the Temporal UI');
}

async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnknownPayloadKeyError) throw new ApiError('CONFLICT', error.message);
    throw error;
  }
}

function fromJson({ metadata, data }: z.infer<typeof PayloadSchema>): Payload {
  const entries = Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value, 'base64')] as const);
  return { metadata: Object.fromEntries(entries), data: Buffer.from(data, 'base64') };
}

function toJson({ metadata, data }: Payload): z.infer<typeof PayloadSchema> {
  const entries = Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)] as const);
  return { metadata: Object.fromEntries(entries), data: base64(data ?? new Uint8Array()) };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

import { readFileSync } from 'node:fs';
import type { TLSConfig } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { EncryptingCodec } from './payloadCodec';
import type { Settings } from './settings';
import { required } from './settings';

/** Workflows and activities of filings. */
export const TASK_QUEUE = 'filings';
/** Relay, sealing of the audit log and other things that run more often than daily, in a namespace of their own. */
export const OPERATIONS_TASK_QUEUE = 'operations';

/** The name under which workers of several versions are known, where they name their version. */
export const WORKER_DEPLOYMENT = 'numericalz';

/** What a connection to Temporal needs, for clients and workers alike. */
export interface TemporalConnectionOptions {
  address: string;
  tls?: TLSConfig | boolean;
  apiKey?: string;
}

/** Address, TLS and API key from the settings. Throws SettingsError without an address, and what reading a certificate throws. */
export function temporalConnectionOptions(settings: Settings): TemporalConnectionOptions {
  const tls = tlsConfig(settings);
  return {
    address: required(settings, 'TEMPORAL_ADDRESS'),
    ...(tls === undefined ? {} : { tls }),
    ...(settings.TEMPORAL_API_KEY === undefined ? {} : { apiKey: settings.TEMPORAL_API_KEY }),
  };
}

/** How payloads are turned for Temporal, for clients and workers alike: as readable JSON, or encrypted where there are keys. */
export function dataConverter({ TEMPORAL_PAYLOAD_KEYS: keys }: Pick<Settings, 'TEMPORAL_PAYLOAD_KEYS'>): DataConverter {
  if (keys === undefined) return {};
  return { payloadCodecs: [new EncryptingCodec(keys)], failureConverterPath: require.resolve('./failureConverter') };
}

function tlsConfig(settings: Settings): TLSConfig | boolean | undefined {
  const { TEMPORAL_TLS_CA_FILE: ca, TEMPORAL_TLS_CERT_FILE: cert, TEMPORAL_TLS_KEY_FILE: key } = settings;
  const serverName = settings.TEMPORAL_TLS_SERVER_NAME;
  if (!ca && !cert && !serverName) return settings.TEMPORAL_API_KEY === undefined ? undefined : true;
  return {
    ...(serverName === undefined ? {} : { serverNameOverride: serverName }),
    ...(ca === undefined ? {} : { serverRootCACertificate: readFileSync(ca) }),
    ...(cert === undefined || key === undefined ? {} : { clientCertPair: { crt: readFileSync(cert), key: readFileSync(key) } }),
  };
}

import type { Logger } from 'pino';
import { pino } from 'pino';
import type { Settings } from './settings';

export type { Logger } from 'pino';

/** Fields that may carry a secret are cut out of every line, wherever they turn up. */
const SECRET_FIELDS = ['password', 'token', 'authorization', 'cookie', 'otpCode', 'apiKey', 'secret'];

/** A logger of JSON lines for one component of the system. */
export function createLogger(settings: Pick<Settings, 'LOG_LEVEL'>, component: string): Logger {
  return pino({
    level: settings.LOG_LEVEL,
    base: { component },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]), remove: true },
  });
}

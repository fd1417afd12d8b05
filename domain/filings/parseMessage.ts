import { isIsoDate } from '../calendar/dates';
import { isChasePolicy } from '../chasing/policy';
import type { Actor, ActorRole, ClientDecisionName, FilingMessage, FilingMessageName, Relation } from './messages';
import { ACTOR_ROLES, CLIENT_DECISIONS, RELATIONS } from './messages';
import type { Authority, FiledTo } from './stages';
import { AUTHORITIES, FILED_TO } from './stages';

/** A message as understood, or what is wrong with it; `requestId` where one could be read. */
export type ParsedMessage =
  | { ok: true; message: FilingMessage }
  | { ok: false; name: string; requestId: string | null; reason: string };

const MAX_TEXT = 500;
const MAX_NAME = 100;
/** Of an integer in PostgreSQL. */
const MAX_VERSION = 2_147_483_647;

class Malformed extends Error {}

/**
 * Reads a signal's payload. Signals can be sent by hand from the Temporal UI, so anything may arrive: what is not of the
 * message's shape comes back as a reason, never as an exception. `makeId` names a request that carries no id.
 */
export function parseMessage(name: FilingMessageName, payload: unknown, makeId: () => string): ParsedMessage {
  const body = isRecord(payload) ? payload : undefined;
  const givenId = body && isText(body['requestId']) ? body['requestId'] : null;
  try {
    if (!body) throw new Malformed(`${name} takes an object`);
    return { ok: true, message: readMessage(name, body, givenId ?? makeId()) };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, name, requestId: givenId, reason: error.message };
    throw error;
  }
}

/** What comes of a signal whose name no message has; a name that cannot be stored, or fills the page, is not repeated. */
export function unknownSignal(name: string): ParsedMessage {
  const shown = isText(name) && name.length <= MAX_NAME ? name : 'of that name';
  return { ok: false, name: shown, requestId: null, reason: `A filing knows no signal ${shown}` };
}

type Body = Record<string, unknown>;

function readMessage(name: FilingMessageName, body: Body, requestId: string): FilingMessage {
  if (name === 'chasePolicyChanged') {
    const { version, policy } = body;
    if (!isVersion(version) || !isChasePolicy(policy)) throw new Malformed('chasePolicyChanged takes a version and a policy');
    return { name, body: { version, policy } };
  }
  const request = { requestId, actor: readActor(body['actor']) };
  switch (name) {
    case 'stageTransition':
      return {
        name,
        body: {
          ...request,
          stage: text(body, 'stage'),
          ...optional('expectedStage', optionalText(body, 'expectedStage')),
          ...optional('assignedUserId', optionalText(body, 'assignedUserId')),
          ...optional('assignedUserName', optionalText(body, 'assignedUserName')),
          ...optional('filedTo', listOf<FiledTo>(body, 'filedTo', FILED_TO)),
          ...optional('rejectedBy', listOf<Authority>(body, 'rejectedBy', AUTHORITIES)),
          ...optional('needsSecondPerson', flag(body, 'needsSecondPerson')),
          ...optional('hasNote', flag(body, 'hasNote')),
          ...optional('notes', optionalText(body, 'notes')),
        },
      };
    case 'clientDecision': {
      const decision = body['decision'];
      if (!isOneOf<ClientDecisionName>(CLIENT_DECISIONS, decision)) throw new Malformed('decision must be approved or changes');
      const sequence = optional('sequence', optionalCount(body, 'sequence'));
      return { name, body: { ...request, sendingId: text(body, 'sendingId'), ...sequence, decision } };
    }
    case 'reassign': {
      const assignedUserId = body['assignedUserId'] === null ? null : text(body, 'assignedUserId');
      return { name, body: { ...request, assignedUserId, name: optionalText(body, 'name') ?? null } };
    }
    case 'pauseChasing':
      return { name, body: { ...request, ...optional('until', date(body, 'until')) } };
    case 'cancelFiling':
      return { name, body: { ...request, ...optional('notes', optionalText(body, 'notes')) } };
    case 'reopen':
      return {
        name,
        body: {
          ...request,
          ...optional('hasNote', flag(body, 'hasNote')),
          ...optional('rejectedBy', listOf<Authority>(body, 'rejectedBy', AUTHORITIES)),
        },
      };
    case 'deadlinesChanged':
      return {
        name,
        body: {
          ...request,
          source: text(body, 'source'),
          ...optional('periodStart', date(body, 'periodStart')),
          ...optional('periodEnd', date(body, 'periodEnd')),
          ...optional('deadlines', dates(body, 'deadlines')),
          ...optional('corporationTaxRequired', flag(body, 'corporationTaxRequired')),
        },
      };
    default:
      return { name, body: request };
  }
}

function readActor(value: unknown): Actor {
  if (!isRecord(value) || !isText(value['name'])) throw new Malformed('actor must be given: {userId, name, role, relation}');
  const { userId, name, role, relation } = value;
  if (!isOneOf<ActorRole>(ACTOR_ROLES, role)) throw new Malformed(`actor.role must be one of ${ACTOR_ROLES.join(', ')}`);
  return {
    userId: isText(userId) ? userId : null,
    name,
    role,
    relation: isOneOf<Relation>(RELATIONS, relation) ? relation : 'none',
  };
}

function isRecord(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What PostgreSQL cannot store is no text: a NUL, half of a surrogate pair. */
function isText(value: unknown): value is string {
  if (typeof value !== 'string' || value.length === 0 || value.length > MAX_TEXT) return false;
  return !value.includes('\u0000') && value.isWellFormed();
}

function isVersion(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_VERSION;
}

function isOneOf<T extends string>(list: readonly T[], value: unknown): value is T {
  return list.some((item) => item === value);
}

function text(body: Body, field: string): string {
  const value = body[field];
  if (!isText(value)) throw new Malformed(`${field} must be a text of 1 to ${MAX_TEXT} characters`);
  return value;
}

function optionalText(body: Body, field: string): string | undefined {
  return isAbsent(body[field]) ? undefined : text(body, field);
}

function optionalCount(body: Body, field: string): number | undefined {
  const value = body[field];
  if (isAbsent(value)) return undefined;
  if (!isVersion(value)) throw new Malformed(`${field} must be a whole number`);
  return value;
}

function flag(body: Body, field: string): boolean | undefined {
  const value = body[field];
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'boolean') throw new Malformed(`${field} must be true or false`);
  return value;
}

function date(body: Body, field: string): string | undefined {
  const value = body[field];
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'string' || !isIsoDate(value)) throw new Malformed(`${field} must be a date like 2024-05-07`);
  return value;
}

function dates(body: Body, field: string): Record<string, string> | undefined {
  const value = body[field];
  if (isAbsent(value)) return undefined;
  if (!isRecord(value) || !Object.keys(value).every(isText)) throw new Malformed(`${field} must be an object of dates`);
  return Object.fromEntries(Object.keys(value).map((key) => [key, date(value, key) ?? missingDate(key)]));
}

function missingDate(field: string): never {
  throw new Malformed(`${field} must be a date like 2024-05-07`);
}

function listOf<T extends string>(body: Body, field: string, allowed: readonly T[]): T[] | undefined {
  const value = body[field];
  if (isAbsent(value)) return undefined;
  if (!Array.isArray(value) || !value.every((item): item is T => isOneOf(allowed, item))) {
    throw new Malformed(`${field} must be a list of ${allowed.join(', ')}`);
  }
  return [...new Set(value)];
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function optional<K extends string, T>(key: K, value: T | undefined): Partial<Record<K, T>> {
  const result: Partial<Record<K, T>> = {};
  if (value !== undefined) result[key] = value;
  return result;
}

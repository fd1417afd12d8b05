import type { ClientBase } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';
import { followCorporationTax } from '../../domain/clients/corporationTax';
import { lockTaxedClient, writeCorporationTax } from '../../models/filings/corporationTax';
import { logActivity } from '../audit/logActivity';

/**
 * Brings a client's Corporation Tax to where its accounts filings and the day say that it stands, in the caller's transaction; says
 * whether anything changed. `userId` is who made it change: a person, or SYSTEM where the day did. Safe to repeat.
 */
export async function bringCorporationTaxForward(
  db: ClientBase,
  userId: string | null,
  clientId: string,
  today: IsoDate,
): Promise<boolean> {
  const client = await lockTaxedClient(db, clientId);
  if (!client) return false;
  const after = followCorporationTax(client, client.filings, today);
  if (Object.keys(after).length === 0) return false;
  const was = new Map<string, unknown>(Object.entries(client));
  const before = Object.fromEntries(Object.keys(after).map((name) => [name, was.get(name)]));
  await writeCorporationTax(db, clientId, after, userId);
  await logActivity(db, { action: 'CORPORATION_TAX_CHANGED', userId, clientId, details: { before, after } });
  return true;
}

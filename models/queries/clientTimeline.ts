import { FILING_KINDS } from '../../domain/filings/stages';
import type { FilingKind } from '../../domain/filings/stages';
import type { TimelineFilter } from '../../domain/clients/timeline';
import { TOLD_OTHERWISE } from '../../domain/clients/timeline';
import type { Database } from '../database';
import { FILING_TABLES } from '../filings/filingTables';
import { COMMUNICATION_STATUS } from './communicationList';
import type { Page, PageRequest } from './page';
import { readPage } from './readPage';
import { Values } from './statement';

/** One entry of a timeline; `data` is what its kind tells besides. */
export interface TimelineRow {
  kind: string;
  id: string;
  at: Date;
  who: string | null;
  note: string | null;
  data: Record<string, unknown>;
}

/** Everything that happened with a client, from all the tables that tell of it, the newest first. */
export async function clientTimeline(
  db: Database,
  clientId: string,
  { kind, ...page }: PageRequest & { kind?: TimelineFilter | undefined },
): Promise<Page<TimelineRow>> {
  const values = new Values();
  const client = values.add(clientId);
  const moves = FILING_KINDS.map((filingKind) => movesOf(filingKind, client));
  const sources: Record<TimelineFilter, () => string[]> = {
    COMMUNICATION: () => [communicationsOf(client)],
    EMAIL: () => [emailsOf(client)],
    MOVE: () => moves,
    CHANGE: () => [changesOf(client, values.add(TOLD_OTHERWISE))],
    NOTE: () => [
      ...moves.map((move) => `${move} AND h.notes IS NOT NULL`),
      `${changesOf(client, values.add(TOLD_OTHERWISE))} AND r.notes IS NOT NULL`,
    ],
  };
  const { NOTE: _notes, ...all } = sources;
  const selects = kind ? sources[kind]() : Object.values(all).flatMap((source) => source());
  return await readPage<TimelineRow>(db, {
    columns: 't.*',
    table: `(${selects.join(' UNION ALL ')}) t(kind, id, at, who, note, data)`,
    joins: '',
    conditions: [],
    order: 't.at DESC, t.id DESC',
    values,
    page,
  });
}

/** What was logged, when it took place; an e-mail that waits for its time, when somebody wrote it. */
function communicationsOf(client: string): string {
  return `SELECT 'COMMUNICATION', m.id, coalesce(m.sent_at, m.created_at), u.name, NULL,
      jsonb_build_object('type', m.type, 'subject', m.subject, 'content', m.content, 'status', ${COMMUNICATION_STATUS},
        'emailId', m.email_id, 'emailStatus', e.status, 'scheduledAt', m.scheduled_at,
        'failureReason', coalesce(m.failure_reason, CASE WHEN e.status IN ('FAILED', 'SUPPRESSED') THEN e.failure_reason END))
    FROM communications m LEFT JOIN email_logs e ON e.id = m.email_id LEFT JOIN users u ON u.id = m.sent_by_user_id
    WHERE m.client_id = ${client}`;
}

/** The practice's e-mails, without those that a communication tells of. */
function emailsOf(client: string): string {
  return `SELECT 'EMAIL', e.id, coalesce(e.sent_at, e.created_at), u.name, NULL,
      jsonb_build_object('subject', e.subject, 'recipientEmail', e.recipient_email, 'status', e.status,
        'deliveredAt', e.delivered_at, 'failureReason', e.failure_reason, 'filingKind', e.filing_kind, 'filingId', e.filing_id)
    FROM email_logs e JOIN users u ON u.id = e.triggered_by
    WHERE e.client_id = ${client} AND NOT EXISTS (SELECT FROM communications m WHERE m.email_id = e.id)`;
}

function movesOf(kind: FilingKind, client: string): string {
  const { table, historyTable, periodLabel } = FILING_TABLES[kind];
  return `SELECT 'MOVE', h.id, h.stage_changed_at, h.user_name, h.notes,
      jsonb_build_object('filingKind', '${kind}', 'filingId', f.id, 'period', ${periodLabel}, 'fromStage', h.from_stage,
        'toStage', h.to_stage, 'source', h.source)
    FROM ${table} f JOIN ${historyTable} h ON h.filing_id = f.id WHERE f.client_id = ${client}`;
}

/**
 * What was changed, with the note of the request for it. An entry with the number of a move stands beside that move's own row in the
 * history, which tells it.
 */
function changesOf(client: string, toldOtherwise: string): string {
  return `SELECT 'CHANGE', a.id, a.timestamp, coalesce(u.name, a.details->>'actorName'), r.notes,
      jsonb_build_object('action', a.action, 'details', a.details)
    FROM activity_logs a LEFT JOIN users u ON u.id = a.user_id LEFT JOIN filing_requests r ON r.id = a.details->>'requestId'
    WHERE a.client_id = ${client} AND a.action <> ALL (${toldOtherwise}) AND a.details->'sequence' IS NULL`;
}

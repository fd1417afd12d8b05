import type { Pool } from 'pg';
import { approvalStatus } from '../../domain/approvals/approval';
import { firstLines } from '../../domain/clients/assignmentNotice';
import { assignmentsOfEmail } from '../../models/clients/tellOfAssignments';
import { formatDate } from '../../domain/calendar/dates';
import { londonDateOf } from '../../domain/calendar/london';
import { clientReminderValues } from '../../domain/emails/clientReminder';
import type { RenderedEmail } from '../../domain/emails/email';
import type { EmailTemplateName, Link } from '../../domain/emails/templates';
import { FILING_DEFINITIONS, filingName } from '../../domain/filings/definitions';
import type { ToldThing } from '../../domain/notifications/notificationEmail';
import { digestValues, notificationValues } from '../../domain/notifications/notificationEmail';
import { readApprovalOfEmail } from '../../models/approvals/approvalLinks';
import { readCommunicationOfEmail } from '../../models/communications/communicationOfEmail';
import { notificationsOfEmail } from '../../models/notifications/notificationEmails';
import type { OvertakenReminder, StoredEmail } from '../../models/emails/freezeEmail';
import { listedReminders } from '../../models/emails/remindedFilings';
import { storableApprovalUrl } from '../../services/approvals/approvalAddress';
import type { EmailRenderer } from '../../services/email/renderer';

/** What an e-mail says when it goes out; looked up before each try, for what it is about may have changed since it was stored. */
export interface Composition {
  /** Ledger rows that it no longer stands for. */
  overtaken: OvertakenReminder[];
  /** Null where nothing of it is wanted any more. */
  render: (() => Promise<RenderedEmail>) | null;
}

export interface ComposerDependencies {
  db: Pool;
  renderer: EmailRenderer;
  /** Where people reach the application, for links. */
  publicUrl: string;
  /** Epoch ms. */
  now: () => number;
}

const MOST_ASSIGNMENTS = 200;

type Composer = (deps: ComposerDependencies, email: StoredEmail) => Promise<Composition>;

/** How the text of each stored e-mail comes about. */
export const COMPOSERS: Partial<Record<EmailTemplateName, Composer>> = {
  'client-reminder': composeClientReminder,
  'approval-request': composeApprovalRequest,
  communication: composeCommunication,
  notification: composeNotification,
  digest: composeDigest,
  assignment: composeAssignment,
};

async function composeClientReminder(
  { db, renderer, publicUrl, now }: ComposerDependencies,
  email: StoredEmail,
): Promise<Composition> {
  const listed = await listedReminders(db, email.id, now());
  const wanted = listed.flatMap(({ filing, approvalLinkId }) =>
    filing ? [{ ...filing, ...(approvalLinkId === null ? {} : { link: approvalLink(publicUrl, approvalLinkId) }) }] : [],
  );
  const overtaken = listed.filter(({ filing }) => filing === null).map(({ reminderId, reason }) => ({ reminderId, reason }));
  if (wanted.length === 0) return { overtaken, render: null };
  const { client } = email;
  if (client === null) throw new Error(`There is no client of e-mail ${email.id}`);
  return { overtaken, render: () => renderer.render('client-reminder', clientReminderValues(client, wanted)) };
}

async function composeApprovalRequest(
  { db, renderer, publicUrl, now }: ComposerDependencies,
  email: StoredEmail,
): Promise<Composition> {
  const sent = await readApprovalOfEmail(db, email.id);
  if (!sent || approvalStatus(sent, now()) !== 'OPEN') return { overtaken: [], render: null };
  const { companyName, contactName, period, periodEnd, dueDate, sentByName, expiresAt } = sent;
  const values = {
    companyName,
    contactName,
    filing: filingName(FILING_DEFINITIONS[sent.filingKind].label, period),
    periodEnd: formatDate(periodEnd),
    dueDate: formatDate(dueDate),
    validUntil: formatDate(londonDateOf(expiresAt.getTime())),
    senderName: sentByName,
    link: approvalLink(publicUrl, sent.id),
  };
  return { overtaken: [], render: () => renderer.render('approval-request', values) };
}

async function composeCommunication({ db, renderer }: ComposerDependencies, email: StoredEmail): Promise<Composition> {
  const values = await readCommunicationOfEmail(db, email.id);
  return { overtaken: [], render: () => renderer.render('communication', values) };
}

async function composeNotification(deps: ComposerDependencies, email: StoredEmail): Promise<Composition> {
  return await composeNotices(deps, email, (name, things) =>
    deps.renderer.render('notification', notificationValues(name, things)),
  );
}

async function composeDigest(deps: ComposerDependencies, email: StoredEmail): Promise<Composition> {
  const date = londonDateOf(deps.now());
  return await composeNotices(deps, email, (name, things) => deps.renderer.render('digest', digestValues(name, date, things)));
}

/** Such a one stays wanted, whatever was assigned since. */
async function composeAssignment({ db, renderer }: ComposerDependencies, email: StoredEmail): Promise<Composition> {
  const told = await assignmentsOfEmail(db, email.id);
  if (!told) return { overtaken: [], render: null };
  const items = firstLines(told.lines, MOST_ASSIGNMENTS).map((text) => ({ text }));
  return { overtaken: [], render: () => renderer.render('assignment', { name: told.name, summary: told.title, items }) };
}

async function composeNotices(
  { db, publicUrl }: ComposerDependencies,
  email: StoredEmail,
  render: (name: string, things: readonly ToldThing[]) => Promise<RenderedEmail>,
): Promise<Composition> {
  const listed = await notificationsOfEmail(db, email.id);
  const [first] = listed;
  if (!first) return { overtaken: [], render: null };
  const things = listed.map(({ title, message, filingKind, filingId }) => ({
    title,
    message,
    url: filingKind === null ? null : `${publicUrl.replace(/\/+$/, '')}/${FILING_DEFINITIONS[filingKind].route}/${filingId}`,
  }));
  return { overtaken: [], render: () => render(first.userName, things) };
}

function approvalLink(publicUrl: string, linkId: string): Link {
  return { url: storableApprovalUrl(publicUrl, linkId), label: 'Look at it and answer' };
}

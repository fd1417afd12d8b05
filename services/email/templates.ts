import { DatabaseError } from 'pg';
import type { Pool } from 'pg';
import type { EmailTemplate, EmailTemplateName, Wording } from '../../domain/emails/templates';
import { EMAIL_TEMPLATE_NAMES, EMAIL_TEMPLATES } from '../../domain/emails/templates';
import type { WordingProblem } from '../../domain/emails/wording';
import { wordingProblems } from '../../domain/emails/wording';
import type { TemplateVersion } from '../../models/emails/templateVersions';
import { addTemplateVersion, latestTemplateVersions, templateVersions } from '../../models/emails/templateVersions';
import { inTransaction } from '../../models/transaction';
import { logActivity } from '../audit/logActivity';

const UNIQUE_VIOLATION = '23505';

/** A template with the wording in force; version 0 is the application's own that nobody changed. */
export interface TemplateInForce extends Wording {
  name: EmailTemplateName;
  about: string;
  variables: EmailTemplate['variables'];
  /** The application's own. */
  standard: Wording;
  version: number;
  isDefault: boolean;
  changedAt: Date | null;
  changedBy: TemplateVersion['changedBy'];
}

/** The wording cannot be saved. */
export class BrokenWordingError extends Error {
  constructor(readonly problems: readonly WordingProblem[]) {
    super('The wording cannot be saved');
  }
}

/** Somebody else changed the template meanwhile. */
export class TemplateChangedError extends Error {}

/** All templates, with the wording in force. */
export async function listTemplates(db: Pool): Promise<TemplateInForce[]> {
  const latest = new Map((await latestTemplateVersions(db)).map((version) => [version.template, version]));
  return EMAIL_TEMPLATE_NAMES.map((name) => inForce(name, latest.get(name)));
}

export async function readTemplate(db: Pool, name: EmailTemplateName): Promise<TemplateInForce> {
  const [latest] = await templateVersions(db, name);
  return inForce(name, latest);
}

/** Gives a template another wording, or its own again (null). Throws BrokenWordingError, TemplateChangedError. */
export async function changeTemplate(
  db: Pool,
  by: { id: string },
  name: EmailTemplateName,
  wording: Wording | null,
  expectedVersion?: number,
): Promise<TemplateInForce> {
  const problems = wording === null ? [] : wordingProblems(EMAIL_TEMPLATES[name], wording);
  if (problems.length > 0) throw new BrokenWordingError(problems);
  try {
    await inTransaction(db, async (client) => {
      const [before] = await templateVersions(client, name);
      if (expectedVersion !== undefined && (before?.version ?? 0) !== expectedVersion) throw changedMeanwhile();
      const version = await addTemplateVersion(client, name, wording, by.id);
      const details = { template: name, version, before: before?.wording ?? null, after: wording };
      await logActivity(client, { action: 'EMAIL_TEMPLATE_CHANGED', userId: by.id, details });
    });
  } catch (error) {
    if (error instanceof DatabaseError && error.code === UNIQUE_VIOLATION) throw changedMeanwhile();
    throw error;
  }
  return await readTemplate(db, name);
}

function changedMeanwhile(): TemplateChangedError {
  return new TemplateChangedError('Somebody else changed this template meanwhile: look at it again');
}

function inForce(name: EmailTemplateName, latest: TemplateVersion | undefined): TemplateInForce {
  const template: EmailTemplate = EMAIL_TEMPLATES[name];
  const { subject, body } = latest?.wording ?? template;
  const isDefault = !latest?.wording;
  const { about, variables } = template;
  const standard = { subject: template.subject, body: template.body };
  const { version = 0, changedAt = null, changedBy = null } = latest ?? {};
  return { name, about, variables, standard, subject, body, version, isDefault, changedAt, changedBy };
}

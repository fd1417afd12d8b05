import type { ClientBase, Pool } from 'pg';
import type { EmailTemplateName, Wording } from '../../domain/emails/templates';
import { newId } from '../ids';

/** A version of a template as its row has it; without a wording it means the application's own. */
export interface TemplateVersion {
  template: EmailTemplateName;
  version: number;
  wording: Wording | null;
  changedAt: Date;
  changedBy: { id: string; name: string } | null;
}

const COLUMNS = `v.template, v.version, v.created_at AS "changedAt",
  CASE WHEN v.subject IS NOT NULL THEN json_build_object('subject', v.subject, 'body', v.body) END AS wording,
  CASE WHEN u.id IS NOT NULL THEN json_build_object('id', u.id, 'name', u.name) END AS "changedBy"`;

/** The versions of a template, newest first. */
export async function templateVersions(db: Pool | ClientBase, template: EmailTemplateName): Promise<TemplateVersion[]> {
  const { rows } = await db.query<TemplateVersion>(
    `SELECT ${COLUMNS} FROM email_template_versions v LEFT JOIN users u ON u.id = v.changed_by_user_id
     WHERE v.template = $1 ORDER BY v.version DESC`,
    [template],
  );
  return rows;
}

/** The version in force of each template that somebody changed. */
export async function latestTemplateVersions(db: Pool): Promise<TemplateVersion[]> {
  const { rows } = await db.query<TemplateVersion>(
    `SELECT DISTINCT ON (v.template) ${COLUMNS} FROM email_template_versions v LEFT JOIN users u ON u.id = v.changed_by_user_id
     ORDER BY v.template, v.version DESC`,
  );
  return rows;
}

/** The practice's own wording of a template; null where the application's counts. */
export async function ownWording(db: Pool, template: EmailTemplateName): Promise<Wording | null> {
  const { rows } = await db.query<{ subject: string | null; body: string | null }>({
    name: 'own-wording',
    text: 'SELECT subject, body FROM email_template_versions WHERE template = $1 ORDER BY version DESC LIMIT 1',
    values: [template],
  });
  const { subject = null, body = null } = rows[0] ?? {};
  return subject === null || body === null ? null : { subject, body };
}

/** Adds a version; gives its number. Of two at once one is refused by the unique key. */
export async function addTemplateVersion(
  db: ClientBase,
  template: EmailTemplateName,
  wording: Wording | null,
  userId: string,
): Promise<number> {
  const { rows } = await db.query<{ version: number }>(
    `INSERT INTO email_template_versions (id, template, version, subject, body, changed_by_user_id)
     SELECT $1, $2, 1 + coalesce(max(version), 0), $3, $4, $5 FROM email_template_versions WHERE template = $2
     RETURNING version`,
    [newId(), template, wording?.subject ?? null, wording?.body ?? null, userId],
  );
  return rows[0]?.version ?? 1;
}

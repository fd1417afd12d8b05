import type { Pool } from 'pg';
import type { PracticeIdentity, RenderedEmail } from '../../domain/emails/email';
import { renderWording } from '../../domain/emails/render';
import type { EmailTemplateName, TemplateValue, TemplateValues } from '../../domain/emails/templates';
import { EMAIL_TEMPLATES } from '../../domain/emails/templates';
import { wordingProblems } from '../../domain/emails/wording';
import { ownWording } from '../../models/emails/templateVersions';

/** Renders the practice's e-mails from its templates, in the wording that is in force. */
export class EmailRenderer {
  constructor(
    private readonly db: Pool,
    readonly practice: PracticeIdentity,
  ) {}

  async render<Name extends EmailTemplateName>(name: Name, values: TemplateValues<Name>): Promise<RenderedEmail>;
  async render(name: EmailTemplateName, values: Readonly<Record<string, TemplateValue>>): Promise<RenderedEmail> {
    const template = EMAIL_TEMPLATES[name];
    const own = await ownWording(this.db, name);
    // A wording that an earlier release took may lack what this one needs.
    const wording = own !== null && wordingProblems(template, own).length === 0 ? own : template;
    return renderWording(wording, values, this.practice);
  }
}

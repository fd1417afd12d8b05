import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import { PreviewSchema, TemplateSchema, VersionSchema } from '../../api/emails/templateRoutes';
import { displayInstant } from '../../domain/calendar/display';
import type { ApiFailure } from '../apiClient';
import { CardTable } from '../components/cardTable';
import { Field } from '../components/fields';
import type { FormFields } from '../formFields';
import { Csrf } from '../layout';
import type { Page, PageContext, Web, WithFields } from '../pages';
import { page } from '../pages';
import { form } from '../forms';
import { EmailFrame, framedEmail } from './framedEmail';
import { SettingsPage } from './settingsPage';
import { TemplateVersions } from './templateVersions';

type Template = z.infer<typeof TemplateSchema>;
type Wording = Template['standard'];

const PATH = '/settings/email-templates';
const LINES = 14;

/** The wording of the practice's e-mails: seen, tried out with example values, changed, and brought back to what it was. */
export function templatePages(web: Web): void {
  page(web, PATH, templateList);
  page(web, `${PATH}/:name`, (context) => templatePage(context));
  form(
    web,
    `${PATH}/:name`,
    async (context) => {
      const { api, fields } = context;
      const wording = wordingOf(fields);
      if (fields.text('do') !== 'save') return await templatePage(context, { given: fields });
      const { message } = await api.send('PUT', apiPathOf(context), {
        ...wording,
        expectedVersion: Number(fields.text('version')),
      });
      return { to: pathOf(context), message: `${message}.` };
    },
    (context, failure) => templatePage(context, { given: context.fields, failure }),
  );
  form(web, `${PATH}/:name/standard`, async (context) => {
    const { message } = await context.api.send('DELETE', apiPathOf(context));
    return { to: pathOf(context), message: `${message}.` };
  });
  framedEmail(web, PATH);
}

function nameOf({ c }: PageContext): string {
  return encodeURIComponent(c.req.param('name') ?? '');
}

function pathOf(context: PageContext): string {
  return `${PATH}/${nameOf(context)}`;
}

function apiPathOf(context: PageContext): string {
  return `/email-templates/${nameOf(context)}`;
}

function wordingOf(fields: FormFields): Wording {
  return { subject: fields.text('subject'), body: fields.text('body') };
}

/** The name of a template in words: sign-in-code becomes `Sign-in code`. */
function templateTitle(name: string): string {
  const words = name.replaceAll('-', ' ').replace('sign in', 'sign-in');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

async function templateList({ api, me }: PageContext): Promise<Page> {
  const templates = await api.get('/email-templates', TemplateSchema.array());
  return {
    title: 'E-mail templates',
    body: (
      <SettingsPage title="E-mail templates" path={PATH} me={me}>
        <CardTable caption="The practice’s e-mails" headings={['E-mail', 'What it is for', 'Wording', 'Changed']}>
          {templates.map((template) => (
            <tr data-row>
              <th scope="row" data-label="E-mail">
                <a href={`${PATH}/${template.name}`}>{templateTitle(template.name)}</a>
              </th>
              <td data-label="For">{template.about}</td>
              <td data-label="Wording" class="short">
                <WordingBadge template={template} />
              </td>
              <td data-label="Changed">{changedWords(template)}</td>
            </tr>
          ))}
        </CardTable>
      </SettingsPage>
    ),
  };
}

function WordingBadge({ template: { isDefault } }: { template: Template }): JSX.Element {
  return <span class={`badge ${isDefault ? 'plain' : 'approved'}`}>{isDefault ? 'Standard' : 'Your own'}</span>;
}

function changedWords({ changedAt, changedBy }: Template): string {
  return changedAt ? `${changedBy?.name ?? 'system'}, ${displayInstant(changedAt.getTime())}` : '–';
}

interface Tried {
  given: FormFields;
  failure?: ApiFailure;
}

async function templatePage(context: PageContext | (PageContext & WithFields), tried?: Tried): Promise<Page> {
  const { api, me, csrf } = context;
  const path = pathOf(context);
  const [template, versions] = await Promise.all([
    api.get(apiPathOf(context), TemplateSchema),
    api.get(`${apiPathOf(context)}/versions`, VersionSchema.array()),
  ]);
  const taken = versions.find(({ version }) => String(version) === context.query['version'])?.wording;
  const wording = tried ? wordingOf(tried.given) : (taken ?? { subject: template.subject, body: template.body });
  const title = templateTitle(template.name);
  return {
    title,
    body: (
      <SettingsPage title="E-mail templates" path={PATH} me={me}>
        <div class="heading">
          <h2>{title}</h2>
          <WordingBadge template={template} />
        </div>
        <p>{template.about}.</p>
        <div class="columns">
          <div>
            <form method="post" action={path} class="card" aria-label="Wording">
              <Csrf token={csrf} />
              <input type="hidden" name="version" value={baseVersion(template, tried)} />
              {taken && <p class="muted">An earlier wording is filled in: nothing is changed until it is saved.</p>}
              <Field name="subject" label="Subject" value={wording.subject} failure={tried?.failure} required />
              <Field
                name="body"
                label="Text"
                rows={LINES}
                value={wording.body}
                hint="Plain text, an empty line between paragraphs; variables as {{name}}"
                failure={tried?.failure}
                required
              />
              <div class="actions">
                <button name="do" value="try" formaction={`${path}#preview`}>
                  Show it first
                </button>
                <button class="primary" name="do" value="save">
                  Save the wording
                </button>
              </div>
            </form>
            <Variables template={template} />
          </div>
          <div>
            {!tried?.failure && (await preview(context, wording, !tried && !taken))}
            <TemplateVersions versions={versions} standard={template.standard} path={path} />
            {!template.isDefault && (
              <form method="post" action={`${path}/standard`} class="card" aria-label="Standard wording">
                <Csrf token={csrf} />
                <input type="hidden" name="back" value={path} />
                <p>The standard wording is used again; yours stays among the versions.</p>
                <button>Back to the standard wording</button>
              </form>
            )}
          </div>
        </div>
      </SettingsPage>
    ),
  };
}

/** The version that a wording was written upon: that of the form, unless somebody was told that there is a newer one. */
function baseVersion({ version }: Template, tried: Tried | undefined): string | number {
  return tried && tried.failure?.code !== 'CONFLICT' ? tried.given.text('version') : version;
}

async function preview(context: PageContext, wording: Wording, isInForce: boolean): Promise<JSX.Element> {
  const { data } = await context.api.send('POST', `${apiPathOf(context)}/preview`, wording, { schema: PreviewSchema });
  return (
    <section class="card" aria-labelledby="preview">
      <h2 id="preview">{isInForce ? 'As it goes out now' : 'As it would go out'}</h2>
      <p class="muted">With example values.{isInForce ? '' : ' Nothing is saved yet.'}</p>
      <p>
        Subject: <strong>{data?.subject}</strong>
      </p>
      <EmailFrame path={pathOf(context)} wording={wording} />
      <h3>As plain text</h3>
      <blockquote>{data?.text}</blockquote>
    </section>
  );
}

function Variables({ template: { variables } }: { template: Template }): JSX.Element {
  return (
    <section class="card" aria-labelledby="variables">
      <h2 id="variables">What can be filled in</h2>
      <dl class="variables">
        {Object.entries(variables).map(([name, { about, example, kind, isRequired }]) => (
          <>
            <dt>
              <code>{`{{${name}}}`}</code> {isRequired && <span class="badge soon">Must be in it</span>}
            </dt>
            <dd>
              {about}
              {kind === 'text' ? '' : ' (not in the subject)'}
              <span class="muted"> like “{example}”</span>
            </dd>
          </>
        ))}
      </dl>
    </section>
  );
}

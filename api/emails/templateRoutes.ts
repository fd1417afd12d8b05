import { z } from '@hono/zod-openapi';
import { renderExample } from '../../domain/emails/render';
import type { EmailTemplateName } from '../../domain/emails/templates';
import { EMAIL_TEMPLATES, isTemplateName } from '../../domain/emails/templates';
import { wordingProblems } from '../../domain/emails/wording';
import { templateVersions } from '../../models/emails/templateVersions';
import {
  BrokenWordingError,
  changeTemplate,
  listTemplates,
  readTemplate,
  TemplateChangedError,
} from '../../services/email/templates';
import { practiceIdentity } from '../../settings/practiceIdentity';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { ApiError, notFound } from '../errors';
import { InstantSchema } from '../schemas';

const TAG = 'E-mails';
const NameParams = z.strictObject({ name: z.string().min(1).max(50) });
const wording = { subject: z.string().max(1000), body: z.string().max(20_000) };
const WordingBody = z.strictObject({ ...wording, expectedVersion: z.int().min(0).optional() }).openapi('EmailWording');
const ChangedBySchema = z.object({ id: z.string(), name: z.string() }).nullable();

export const TemplateSchema = z
  .object({
    name: z.string(),
    about: z.string(),
    ...wording,
    variables: z.record(
      z.string(),
      z.object({
        kind: z.enum(['text', 'list', 'link']),
        about: z.string(),
        example: z.string(),
        isRequired: z.literal(true).optional(),
      }),
    ),
    standard: z.object(wording).openapi({ description: 'The wording that comes with the application' }),
    version: z.int(),
    isDefault: z.boolean(),
    changedAt: InstantSchema.nullable(),
    changedBy: ChangedBySchema,
  })
  .openapi('EmailTemplate');
export const VersionSchema = z
  .object({
    version: z.int(),
    wording: z.object(wording).nullable(),
    changedAt: InstantSchema,
    changedBy: ChangedBySchema,
  })
  .openapi('EmailTemplateVersion');
export const PreviewSchema = z.object({ subject: z.string(), text: z.string(), html: z.string() }).openapi('RenderedEmail');

/** The wording of the practice's e-mails: seen, tried out, changed, and brought back to what it was. */
export function templateRoutes(api: Api, { db, settings }: ApiDependencies): void {
  const common = { tag: TAG, permission: 'change e-mail templates' } as const;

  endpoint(
    api,
    { ...common, method: 'get', path: '/email-templates', summary: 'All templates', data: z.array(TemplateSchema) },
    async () => ({ data: await listTemplates(db.pool) }),
  );

  endpoint(
    api,
    {
      ...common,
      method: 'get',
      path: '/email-templates/{name}',
      summary: 'One template: its wording, and the variables that it may have',
      params: NameParams,
      data: TemplateSchema,
    },
    async ({ params }) => ({ data: await readTemplate(db.pool, templateName(params.name)) }),
  );

  endpoint(
    api,
    {
      ...common,
      method: 'get',
      path: '/email-templates/{name}/versions',
      summary: 'Every wording that it had, newest first; null is the application’s own',
      params: NameParams,
      data: z.array(VersionSchema),
    },
    async ({ params }) => {
      const versions = await templateVersions(db.pool, templateName(params.name));
      return { data: versions.map((version) => VersionSchema.parse(version)) };
    },
  );

  endpoint(
    api,
    {
      ...common,
      method: 'post',
      path: '/email-templates/{name}/preview',
      summary: 'What a wording would look like; saves nothing',
      params: NameParams,
      body: z.strictObject(wording),
      data: PreviewSchema,
    },
    async ({ params, body }) => {
      const template = EMAIL_TEMPLATES[templateName(params.name)];
      refuseBroken(wordingProblems(template, body));
      return { data: renderExample(template, body, practiceIdentity(settings)) };
    },
  );

  endpoint(
    api,
    {
      ...common,
      method: 'put',
      path: '/email-templates/{name}',
      summary: 'Change the wording; one with unknown or missing variables is refused',
      params: NameParams,
      body: WordingBody,
      data: TemplateSchema,
    },
    async ({ params, body: { expectedVersion, ...wording }, user }) => ({
      data: await explained(() => changeTemplate(db.pool, user, templateName(params.name), wording, expectedVersion)),
      message: 'The template was changed',
    }),
  );

  endpoint(
    api,
    {
      ...common,
      method: 'delete',
      path: '/email-templates/{name}',
      summary: 'Bring the application’s own wording back',
      params: NameParams,
      data: TemplateSchema,
    },
    async ({ params, user }) => ({
      data: await explained(() => changeTemplate(db.pool, user, templateName(params.name), null)),
      message: 'The template has its own wording again',
    }),
  );
}

function templateName(name: string): EmailTemplateName {
  if (!isTemplateName(name)) throw notFound('template');
  return name;
}

async function explained<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (error instanceof BrokenWordingError) refuseBroken(error.problems);
    if (error instanceof TemplateChangedError) throw new ApiError('CONFLICT', error.message);
    throw error;
  }
}

function refuseBroken(problems: readonly { path: string; message: string }[]): void {
  const [first] = problems;
  if (first) throw new ApiError('VALIDATION_FAILED', `The ${first.path} is not right: ${first.message}`, problems);
}

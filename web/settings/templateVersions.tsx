import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import type { TemplateSchema, VersionSchema } from '../../api/emails/templateRoutes';
import { displayInstant } from '../../domain/calendar/display';
import { address } from '../addresses';

type Version = z.infer<typeof VersionSchema>;

interface VersionsProps {
  versions: readonly Version[];
  standard: z.infer<typeof TemplateSchema>['standard'];
  path: string;
}

/** Every wording that a template had, who gave it and when; each can be taken into the form again. */
export function TemplateVersions({ versions, standard, path }: VersionsProps): JSX.Element {
  return (
    <section class="card" aria-labelledby="versions">
      <h2 id="versions">Versions</h2>
      <ol class="feed" reversed>
        {versions.map(({ version, wording, changedAt, changedBy }, index) => (
          <li>
            <div>
              {wording ? `Version ${version}` : `Version ${version}: the standard wording again`}{' '}
              {index === 0 && <span class="badge approved">In force</span>}
              <p class="muted">
                {changedBy?.name ?? 'system'}, {displayInstant(changedAt.getTime())}
              </p>
              {wording && <Wording wording={wording} summary={`Wording of version ${version}`} />}
            </div>
            {wording && index > 0 && (
              <a class="button small" href={address(path, { version })} aria-label={`Take version ${version} into the form`}>
                Take it again
              </a>
            )}
          </li>
        ))}
        <li>
          <div>
            The standard wording {versions.length === 0 && <span class="badge approved">In force</span>}
            <p class="muted">It came with the application.</p>
            <Wording wording={standard} summary="The standard wording in full" />
          </div>
        </li>
      </ol>
    </section>
  );
}

function Wording({ wording: { subject, body }, summary }: { wording: VersionsProps['standard']; summary: string }): JSX.Element {
  return (
    <details>
      <summary>{summary}</summary>
      <p>
        <strong>{subject}</strong>
      </p>
      <blockquote>{body}</blockquote>
    </details>
  );
}

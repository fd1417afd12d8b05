import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import type { ApiTokenSchema } from '../../api/auth/apiTokenRoutes';
import { displayDateOf, displayInstant } from '../../domain/calendar/display';
import { API_TOKEN_SCOPES } from '../../domain/sessions';
import type { ApiFailure } from '../apiClient';
import { CardTable, HiddenHeading } from '../components/cardTable';
import { Choice, Field } from '../components/fields';
import { Csrf } from '../layout';
import type { Page } from '../pages';
import { PROFILE_PATH as PATH } from './paths';

const SCOPE_LABELS = { READ: 'Read only', READ_WRITE: 'Read and change' } as const;
const TOKEN_DAYS = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '365 days' },
];

interface ApiTokensProps {
  tokens: readonly z.infer<typeof ApiTokenSchema>[];
  csrf: string;
  /** Why the last one could not be made. */
  failure: ApiFailure | undefined;
}

/** The tokens of one's programs, and making another. */
export function ApiTokens({ tokens, csrf, failure }: ApiTokensProps): JSX.Element {
  return (
    <section class="card">
      <h2>Tokens for my programs</h2>
      {tokens.length === 0 ? (
        <p class="muted">None yet. A program uses a token in place of a password; it may do what you may, or only read.</p>
      ) : (
        <CardTable
          caption="Tokens for my programs"
          headings={['Name', 'May', 'Until', 'Last used', <HiddenHeading>Revoke it</HiddenHeading>]}
        >
          {tokens.map((token) => (
            <tr>
              <td data-label="Name">{token.name}</td>
              <td data-label="May">{SCOPE_LABELS[token.scope]}</td>
              <td data-label="Until">{displayDateOf(token.expiresAt.getTime())}</td>
              <td data-label="Last used">{token.lastUsedAt ? displayInstant(token.lastUsedAt.getTime()) : 'never'}</td>
              <td>
                <form method="post" action={`${PATH}/api-tokens/revoke`}>
                  <Csrf token={csrf} />
                  <input type="hidden" name="id" value={token.id} />
                  <button class="small">Revoke</button>
                </form>
              </td>
            </tr>
          ))}
        </CardTable>
      )}
      <form method="post" action={`${PATH}/api-tokens`} class="inline">
        <Csrf token={csrf} />
        <Field name="name" label="What it is for" required maxlength={100} failure={failure} />
        <Field name="scope" label="May">
          <Choice name="scope" options={API_TOKEN_SCOPES.map((scope) => ({ value: scope, label: SCOPE_LABELS[scope] }))} />
        </Field>
        <Field name="days" label="For">
          <Choice name="days" options={TOKEN_DAYS} value="90" />
        </Field>
        <button>Make a token</button>
      </form>
    </section>
  );
}

/** A token that was made, shown this once. */
export function newTokenPage(token: string, name: string): Page {
  return {
    title: 'Your new token',
    body: (
      <section class="card narrow">
        <h1>The token for “{name}”</h1>
        <p>Keep it now: it is not shown again.</p>
        <p>
          <code class="secret">{token}</code>
        </p>
        <a class="button" href={PATH}>
          I have kept it
        </a>
      </section>
    ),
  };
}

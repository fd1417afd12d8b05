import type { Context } from 'hono';
import type { ClientDecisionName } from '../../domain/filings/messages';
import type { SentApproval } from '../../models/approvals/approvalLinks';
import type { ShownApproval } from '../../services/approvals/answerApproval';
import { answerApproval, readApproval } from '../../services/approvals/answerApproval';
import { Limit } from '../../services/limits/limit';
import { required } from '../../settings/settings';
import type { ApiEnv } from '../context';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { readForm } from '../input';
import { clientAddress } from '../middleware';

const LONGEST_TOKEN = 200;
const LONGEST_COMMENT = 2000;
const GUESSES = 30;
const GUESS_SECONDS = 300;

const DECISIONS: Record<string, ClientDecisionName> = { approve: 'approved', changes: 'changes' };

export type { ShownApproval };
/** What was sent to a client. */
export type ApprovalSending = SentApproval;

/** What a client's call of their link comes to. */
export type ApprovalOutcome =
  | { kind: 'shown'; approval: ShownApproval }
  /** Nothing was answered: the form says what is wrong. */
  | { kind: 'incomplete'; approval: ShownApproval; problem: string; comment: string }
  /** `isFirst` is false where the link no longer counted. */
  | { kind: 'answered'; approval: ShownApproval; isFirst: boolean }
  | { kind: 'unknown' }
  | { kind: 'foreign' }
  | { kind: 'tooMany'; retryAfterSeconds: number };

/** What a client does by the link that was mailed to them; whoever holds it is the client. */
export class ClientApproval {
  private readonly guesses: Limit;

  constructor(private readonly deps: ApiDependencies) {
    this.guesses = new Limit(deps.db.pool, 'approval-guess', GUESSES, GUESS_SECONDS);
  }

  /** Reads what the link leads to; uses nothing up, since mail scanners follow links too. */
  async show(c: Context<ApiEnv>): Promise<ApprovalOutcome> {
    const approval = await this.read(c);
    return approval ? { kind: 'shown', approval } : await this.guessed(c);
  }

  /** Takes the form: `decision` is approve or changes, `comment` says what is to be changed. Throws TOO_LARGE. */
  async answer(c: Context<ApiEnv>): Promise<ApprovalOutcome> {
    if (this.isForeign(c)) return { kind: 'foreign' };
    const fields = await readForm(c);
    const approval = await this.read(c);
    if (!approval) return await this.guessed(c);
    const decision = Object.hasOwn(DECISIONS, fields['decision'] ?? '') ? DECISIONS[fields['decision'] ?? ''] : undefined;
    const comment = (fields['comment'] ?? '').replaceAll('\r', '').trim();
    const problem = problemOf(decision, comment);
    if (approval.status === 'OPEN' && (decision === undefined || problem !== undefined)) {
      return { kind: 'incomplete', approval, problem: problem ?? 'Choose one of the two buttons.', comment };
    }
    const answer = { decision: decision ?? 'changes', comment: comment === '' ? null : comment };
    const { isFirst, ...shown } = await answerApproval(
      { ...this.deps, logger: c.get('logger') },
      approval.sent.id,
      answer,
      c.get('requestId'),
    );
    return { kind: 'answered', approval: shown, isFirst };
  }

  private async read(c: Context<ApiEnv>): Promise<ShownApproval | undefined> {
    const token = c.req.param('token') ?? '';
    if (token.length > LONGEST_TOKEN) return undefined;
    return await readApproval(this.deps, token, required(this.deps.settings, 'APP_SECRET'));
  }

  /** Counts a token that was never mailed. */
  private async guessed(c: Context<ApiEnv>): Promise<ApprovalOutcome> {
    const throttled = await this.guesses.count(clientAddress(c, this.deps));
    return throttled ? { kind: 'tooMany', retryAfterSeconds: throttled.retryAfterSeconds } : { kind: 'unknown' };
  }

  /** A form of another site. Since our page sends no referrer, browsers name its origin `null`. */
  private isForeign(c: Context<ApiEnv>): boolean {
    const site = c.req.header('sec-fetch-site');
    if (site !== undefined) return site !== 'same-origin' && site !== 'none';
    const origin = c.req.header('origin');
    const { PUBLIC_URL } = this.deps.settings;
    return origin !== undefined && origin !== 'null' && origin !== new URL(PUBLIC_URL ?? c.req.url).origin;
  }
}

function problemOf(decision: ClientDecisionName | undefined, comment: string): string | undefined {
  if (comment.length > LONGEST_COMMENT) return `Please write ${LONGEST_COMMENT} characters at most.`;
  if (decision === 'changes' && comment === '') return 'Please write what should be changed.';
  return undefined;
}

/** Tells the OpenAPI document of the client's page. */
export function documentApproval(app: Api): void {
  const token = { name: 'token', in: 'path' as const, required: true, schema: { type: 'string' as const } };
  const page = { description: 'A page', content: { 'text/html': { schema: { type: 'string' as const } } } };
  const gone = { description: 'The link was revoked, or is too old' };
  const common = { path: '/approve/{token}', tags: ['Approval'], security: [], parameters: [token], 'x-permission': 'public' };
  app.openAPIRegistry.registerPath({
    ...common,
    method: 'get',
    summary: 'What the client is asked to approve; only shows',
    responses: { 200: page, 404: { description: 'There is no such link' }, 410: gone },
  });
  app.openAPIRegistry.registerPath({
    ...common,
    method: 'post',
    summary: 'The client approves, or asks for changes; once for each link',
    request: {
      body: {
        content: {
          'application/x-www-form-urlencoded': {
            schema: {
              type: 'object',
              required: ['decision'],
              properties: { decision: { type: 'string', enum: Object.keys(DECISIONS) }, comment: { type: 'string' } },
            },
          },
        },
      },
    },
    responses: { 200: page, 409: { description: 'It was answered before' }, 410: gone, 422: { description: 'Incomplete' } },
  });
}

import type { Context } from 'hono';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { ApprovalOutcome } from '../../api/approval/clientApproval';
import { ClientApproval } from '../../api/approval/clientApproval';
import type { ApiEnv } from '../../api/context';
import type { ApiDependencies } from '../../api/dependencies';
import type { Api } from '../../api/endpoint';
import { ApiError } from '../../api/errors';
import { practiceIdentity } from '../../settings/practiceIdentity';
import { ApprovalForm } from './approvalForm';
import { answerMessage, closedMessage, Message, UNKNOWN_LINK } from './messages';
import { ClientLayout } from './layout';

type Status = 200 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 503;

interface Answered {
  status: Status;
  title: string;
  body: JSX.Element;
}

/** The page on which a client answers what was sent for approval: one form, no script, made for a phone. */
export function approvalPages(app: Api, deps: ApiDependencies): void {
  const approval = new ClientApproval(deps);
  const practice = practiceIdentity(deps.settings);

  async function respond(c: Context<ApiEnv>, call: () => Promise<ApprovalOutcome>): Promise<Response> {
    const { status, title, body } = await answeredBy(c, call);
    return await c.html(
      <ClientLayout title={title} practice={practice}>
        {body}
      </ClientLayout>,
      status,
    );
  }

  app.get('/approve/:token', (c) => respond(c, () => approval.show(c)));
  app.post('/approve/:token', (c) => respond(c, () => approval.answer(c)));
}

async function answeredBy(c: Context<ApiEnv>, call: () => Promise<ApprovalOutcome>): Promise<Answered> {
  try {
    const outcome = await call();
    if (outcome.kind === 'tooMany') c.header('Retry-After', String(outcome.retryAfterSeconds));
    return answerOf(outcome);
  } catch (error) {
    if (error instanceof ApiError && error.code === 'TOO_LARGE') {
      return message(413, 'That is too long', 'Please write a shorter comment, or an e-mail to us.');
    }
    c.get('logger').error({ cause: error instanceof Error ? error.stack : String(error) }, 'The approval page failed');
    return message(503, 'Something went wrong on our side', 'Nothing is lost: please open the link again in a minute.');
  }
}

function answerOf(outcome: ApprovalOutcome): Answered {
  switch (outcome.kind) {
    case 'unknown':
      return message(404, ...UNKNOWN_LINK);
    case 'foreign':
      return message(403, 'This form came from another site', 'Please open the link in our e-mail and answer there.');
    case 'tooMany':
      return message(429, 'Too many wrong links', 'Please wait a few minutes, then open the link in our e-mail.');
    case 'incomplete':
      return {
        status: 422,
        title: 'Your answer is not complete',
        body: <ApprovalForm sent={outcome.approval.sent} problem={outcome.problem} comment={outcome.comment} />,
      };
    case 'shown': {
      const { sent, status } = outcome.approval;
      if (status === 'OPEN') return { status: 200, title: 'Please approve', body: <ApprovalForm sent={sent} /> };
      return message(status === 'ANSWERED' ? 200 : 410, ...closedMessage(outcome.approval));
    }
    default: {
      const { approval, isFirst } = outcome;
      if (isFirst) return message(approval.sent.requestStatus === 'REJECTED' ? 409 : 200, ...answerMessage(approval.sent));
      return message(approval.status === 'ANSWERED' ? 409 : 410, ...closedMessage(approval));
    }
  }
}

function message(status: Status, title: string, text: string): Answered {
  return { status, title, body: <Message title={title} text={text} /> };
}

import type { JSX } from 'hono/jsx/jsx-runtime';
import type { ApprovalSending, ShownApproval } from '../../api/approval/clientApproval';
import { formatDate } from '../../domain/calendar/dates';
import { londonDateOf } from '../../domain/calendar/london';
import { subjectOf } from './subject';

/** What a page says where there is no form: its heading, and what the client can do. */
type Words = [title: string, text: string];

export const UNKNOWN_LINK: Words = [
  'This link is not complete',
  'Please open it from our e-mail once more, or copy all of it. If that does not help, write to us.',
];

/** After the client has answered just now. */
export function answerMessage(sent: ApprovalSending): Words {
  if (sent.requestStatus === 'REJECTED') {
    return [
      'This was changed in the meantime',
      'Your answer came too late to count. We will send you the new version, with a new link.',
    ];
  }
  return sent.decision === 'approved'
    ? [
        `Thank you: you approved your ${subjectOf(sent)}`,
        'We have your approval and take care of the rest. You can close this page.',
      ]
    : [
        'Thank you: we have your comment',
        `We will change your ${subjectOf(sent)} and send it to you again. You can close this page.`,
      ];
}

/** Where the link can no longer be answered. */
export function closedMessage({ sent, status }: ShownApproval): Words {
  const subject = subjectOf(sent);
  if (status === 'REVOKED') {
    return [
      'This link no longer counts',
      `We are still working on your ${subject}, and will send you a new link when it is ready.`,
    ];
  }
  if (status === 'EXPIRED') {
    const until = formatDate(londonDateOf(sent.expiresAt.getTime()));
    return ['This link is too old', `It counted until ${until}. Please write to us, and we will send you a new one.`];
  }
  const on = formatDate(londonDateOf((sent.answeredAt ?? sent.sentAt).getTime()));
  return sent.decision === 'approved'
    ? [`You approved your ${subject}`, `That was on ${on}. You need not do anything more.`]
    : [`You asked for changes to your ${subject}`, `That was on ${on}. We will send it to you again, with a new link.`];
}

export function Message({ title, text }: { title: string; text: string }): JSX.Element {
  return (
    <section class="card message">
      <h1>{title}</h1>
      <p>{text}</p>
    </section>
  );
}

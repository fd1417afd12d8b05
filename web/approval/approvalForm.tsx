import type { JSX } from 'hono/jsx/jsx-runtime';
import type { ApprovalSending } from '../../api/approval/clientApproval';
import { formatDate } from '../../domain/calendar/dates';
import { londonDateOf } from '../../domain/calendar/london';
import { subjectOf } from './subject';

interface Props {
  sent: ApprovalSending;
  /** What was wrong with the answer that was given. */
  problem?: string;
  /** What was written in it. */
  comment?: string;
}

/** What the client is asked to approve, and the form by which they answer. */
export function ApprovalForm({ sent, problem, comment = '' }: Props): JSX.Element {
  const { companyName, contactName, periodStart, periodEnd, dueDate, sentByName, sentAt, expiresAt, content } = sent;
  return (
    <article class="card">
      <p class="client">{companyName}</p>
      <h1>Your {subjectOf(sent)}</h1>
      <p>
        Dear {contactName}, please look at this and tell us whether you approve it. {sentByName} sent it to you on{' '}
        {formatDate(londonDateOf(sentAt.getTime()))}.
      </p>
      <dl class="facts">
        <div>
          <dt>Period</dt>
          <dd>
            {formatDate(periodStart)} to {formatDate(periodEnd)}
          </dd>
        </div>
        <div>
          <dt>To be filed by</dt>
          <dd>{formatDate(dueDate)}</dd>
        </div>
      </dl>
      {content?.figures && content.figures.length > 0 && (
        <table>
          <caption>Figures</caption>
          <tbody>
            {content.figures.map(({ label, value }) => (
              <tr>
                <th scope="row">{label}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {content?.note && (
        <section class="note" aria-label="Note">
          {content.note.split(/\n+/).map((line) => (
            <p>{line}</p>
          ))}
        </section>
      )}
      {content?.attachmentUrl && (
        <p>
          <a class="attachment" href={content.attachmentUrl} rel="noopener noreferrer" target="_blank">
            Open the document
            <span class="host">{new URL(content.attachmentUrl).host}</span>
          </a>
        </p>
      )}
      <form method="post">
        {problem !== undefined && (
          <p class="problem" role="alert">
            {problem}
          </p>
        )}
        <label for="comment">
          Comment <span class="hint">(needed only if something should be changed)</span>
        </label>
        <textarea id="comment" name="comment" rows={4} maxlength={2000}>
          {comment}
        </textarea>
        <div class="buttons">
          <button class="approve" name="decision" value="approve">
            I approve
          </button>
          <button class="changes" name="decision" value="changes">
            Please change something
          </button>
        </div>
        <p class="hint">
          You can answer once. The link is for you alone and counts until {formatDate(londonDateOf(expiresAt.getTime()))}.
        </p>
      </form>
    </article>
  );
}

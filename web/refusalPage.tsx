import { ApiFailure } from './apiClient';
import type { Page } from './pages';

/** The code of a refusal where the address itself does not exist. */
export const NO_SUCH_PAGE = 'NO_SUCH_PAGE';

/** What was refused, and what can be done about it. */
export function refusalPage(failure: ApiFailure, requestId: string): Page {
  const isAbsent = failure.status === 404;
  return {
    title: isAbsent ? 'Not found' : 'That did not work',
    body: (
      <section class="card narrow">
        <h1>{isAbsent ? 'Not found' : 'That did not work'}</h1>
        <p>{sentence(failure)}</p>
        {isAbsent && <p>{whatNext(failure)}</p>}
        {failure.errors.length > 1 && (
          <ul>
            {failure.errors.map(({ path, message }) => (
              <li>
                {path}: {message}
              </li>
            ))}
          </ul>
        )}
        <p>
          <a class="button" href="/">
            Go to the home page
          </a>
        </p>
        <p class="muted">Request {requestId}</p>
      </section>
    ),
  };
}

function whatNext({ code }: ApiFailure): string {
  return code === NO_SUCH_PAGE
    ? 'Look whether the address is whole, or go to the home page and search from there.'
    : 'It may be somebody else’s: ask a manager to assign it to you.';
}

/** The status that the page of a refusal has. */
export function statusOf({ status }: ApiFailure): 403 | 404 | 422 | 500 | 503 {
  if (status === 403 || status === 404 || status === 503) return status;
  return status < 500 ? 422 : 500;
}

/** A refusal in one sentence, with the fields that it is about. */
export function sentence({ message }: ApiFailure): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

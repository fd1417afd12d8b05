import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { HISTORY_STYLE } from './historyStyle';
import type { HistoryExportAnswer } from './historyRoutes';

const LONDON_TIME = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', dateStyle: 'medium', timeStyle: 'medium' });

/** A kept history as a page to print: what happened, when, by whom, and how to tell that nothing was changed. */
export function historyPage(kept: HistoryExportAnswer): HtmlEscapedString | Promise<HtmlEscapedString> {
  const runs = [...new Set(kept.entries.map(({ runId }) => runId))];
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>History of ${kept.workflowId}</title>
        ${raw(`<style>${HISTORY_STYLE}</style>`)}
      </head>
      <body>
        <h1>History of ${kept.workflowId}</h1>
        <dl>
          <dt>Kept at</dt>
          <dd>${time(kept.exportedAt)}</dd>
          <dt>Unchanged since</dt>
          <dd>${kept.isIntact ? 'yes: chain, head and activity log agree' : 'NO: chain, head and activity log do not agree'}</dd>
          <dt>Head of the chain</dt>
          <dd><code>${kept.headHash}</code></dd>
          ${runs.map(
            (runId, index) =>
              html`<dt>Run ${index + 1}</dt>
                <dd><code>${runId}</code></dd>`,
          )}
        </dl>
        <table>
          <thead>
            <tr>
              <th>Time (London)</th>
              <th>Who</th>
              <th>What</th>
              <th>Run and event</th>
              <th>Hash</th>
            </tr>
          </thead>
          <tbody>
            ${kept.entries.map(
              ({ at, who, what, runId, eventId, hash }) =>
                html`<tr>
                  <td>${time(at)}</td>
                  <td>${who}</td>
                  <td>${what}</td>
                  <td>${runs.indexOf(runId) + 1}/${eventId}</td>
                  <td><code>${hash.slice(0, 12)}</code></td>
                </tr>`,
            )}
          </tbody>
        </table>
      </body>
    </html>`;
}

function time(instant: string): string {
  return LONDON_TIME.format(new Date(instant));
}

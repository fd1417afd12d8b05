import { createHash, randomUUID } from 'node:crypto';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import { ImportSchema, LARGEST_FILE_BYTES } from '../../api/clients/importRoutes';
import { UserSchema } from '../../api/users/schemas';
import { CSV_COLUMNS } from '../../domain/clients/csvColumns';
import { address } from '../addresses';
import { ApiFailure } from '../apiClient';
import type { BulkOperation } from '../bulkOperations/operationPage';
import { Progress, readOperation } from '../bulkOperations/operationPage';
import { CardTable } from '../components/cardTable';
import { Field } from '../components/fields';
import { Csrf } from '../layout';
import type { Page, PageContext, Web, WithFields } from '../pages';
import { page } from '../pages';
import { fileForm, requirePermission } from '../forms';
import type { Names } from './changedWords';
import { changedWords } from './changedWords';

type Import = z.infer<typeof ImportSchema>;

const PATH = '/clients/import';
const MOST_SHOWN = 200;
const LARGEST_FORM_BYTES = LARGEST_FILE_BYTES + 10 * 1024;
const PERMISSION = 'import clients';

/** What was done with a file. */
interface Outcome {
  result: Import;
  message: string;
  /** Tells the file from others, so that only what was looked at is imported. */
  fingerprint: string;
  isAllOrNothing: boolean;
  names: Names;
  /** What goes on after an import. */
  operation: BulkOperation | undefined;
  /** Why it was only looked at. */
  note: string | undefined;
}

/** Importing clients from a CSV file: first what that would do, then it is done. */
export function importPages(web: Web): void {
  page(web, PATH, (context) => {
    requirePermission(context.me, PERMISSION);
    return Promise.resolve(importPage(context));
  });
  fileForm(
    web,
    PATH,
    { permission: PERMISSION, largestBytes: LARGEST_FORM_BYTES },
    async (context) => importPage(context, await sendFile(context)),
    (context, failure) => Promise.resolve(importPage(context, undefined, failure, context.fields.text('allOrNothing') !== '')),
  );
}

/** Imports the file where it is the one that was looked at; any other is looked at first. Throws ApiFailure. */
async function sendFile(context: PageContext & WithFields): Promise<Outcome> {
  const { api, fields } = context;
  const file = fields.file('file');
  if (!file) {
    const message = 'Choose a CSV file';
    throw new ApiFailure(422, 'VALIDATION_FAILED', message, [{ path: 'file', message }]);
  }
  const fingerprint = createHash('sha256')
    .update(new Uint8Array(await file.arrayBuffer()))
    .digest('hex');
  const isAsked = fields.text('do') === 'import';
  const isSame = fingerprint === fields.text('fingerprint');
  const isAllOrNothing = fields.text('allOrNothing') !== '';
  const query = { dryRun: String(!(isAsked && isSame)), allOrNothing: String(isAllOrNothing) };
  const { data, message } = await api.upload(
    address('/clients/import', query),
    { body: file, type: 'text/csv; charset=utf-8' },
    { schema: ImportSchema, key: fields.optional('key') },
  );
  const people = data.preview.length === 0 ? [] : await api.get('/users', UserSchema.array());
  return {
    result: data,
    names: new Map(people.map(({ id, name }) => [id, name])),
    message,
    fingerprint,
    isAllOrNothing,
    operation: data.operationId === null ? undefined : await readOperation(context, data.operationId),
    note: isAsked && !isSame ? 'This is another file than the one that you looked at: nothing was imported.' : undefined,
  };
}

function importPage({ csrf }: PageContext, outcome?: Outcome, failure?: ApiFailure, wasAllOrNothing = false): Page {
  const isDone = outcome !== undefined && !outcome.result.dryRun;
  return {
    title: 'Import clients',
    body: (
      <>
        <nav class="crumbs" aria-label="Where this is">
          <a href="/clients">Clients</a>
        </nav>
        <h1>Import clients</h1>
        <p>
          <a href="/api/v1/clients/import-sample.csv" download="clients-sample.csv">
            A sample file
          </a>{' '}
          shows what a file looks like: fill in your clients in place of its examples.
        </p>
        <div id="import">
          {outcome && <WhatItDoes outcome={outcome} />}
          {outcome?.operation && <Progress operation={outcome.operation} />}
          {isDone ? (
            <p class="group">
              <a class="button" href="/clients?sortBy=updatedAt&sortOrder=desc">
                See the clients
              </a>
              <a href={PATH}>Import another file</a>
            </p>
          ) : (
            <FileForm
              csrf={csrf}
              outcome={outcome}
              failure={failure}
              isAllOrNothing={outcome?.isAllOrNothing ?? wasAllOrNothing}
            />
          )}
        </div>
        {!isDone && <Columns />}
      </>
    ),
  };
}

interface FileFormProps {
  csrf: string;
  outcome: Outcome | undefined;
  failure: ApiFailure | undefined;
  isAllOrNothing: boolean;
}

function FileForm({ csrf, outcome, failure, isAllOrNothing }: FileFormProps): JSX.Element {
  const changes = outcome ? outcome.result.created + outcome.result.updated : 0;
  const mayImport = changes > 0 && !(isAllOrNothing && outcome !== undefined && outcome.result.refused > 0);
  return (
    <form
      method="post"
      action={PATH}
      enctype="multipart/form-data"
      class="card"
      hx-post={PATH}
      hx-encoding="multipart/form-data"
      hx-target="#import"
      hx-select="#import"
      hx-select-oob="#flash"
      hx-swap="outerMorph"
      hx-sync="this:drop"
      hx-config="timeout:300000"
    >
      <Csrf token={csrf} />
      {outcome && <input type="hidden" name="fingerprint" value={outcome.fingerprint} />}
      {mayImport && <input type="hidden" name="key" value={randomUUID()} />}
      <Field
        name="file"
        label="CSV file"
        hint="As a spreadsheet saves it: UTF-8, separated by comma, semicolon or tab; 10,000 rows and 20 MB at most."
        failure={failure}
      >
        <input id="file" name="file" type="file" accept=".csv,text/csv" required aria-describedby="file-hint" />
      </Field>
      {mayImport && <p class="unscripted">Choose the same file once more to import it.</p>}
      <label class="option">
        <input type="checkbox" name="allOrNothing" value="true" id="allOrNothing" checked={isAllOrNothing} /> Import nothing where
        a row is not right
      </label>
      <div class="actions">
        <button class={mayImport ? undefined : 'primary'} name="do" value="look" id="look">
          Show what it would do
        </button>
        {mayImport && (
          <button class="primary" name="do" value="import" id="do-import">
            Import {changes === 1 ? 'the one client' : `${changes.toLocaleString('en-GB')} clients`}
          </button>
        )}
        <span class="busy muted" role="status">
          Reading the file…
        </span>
      </div>
    </form>
  );
}

function WhatItDoes({ outcome: { result, names, message, note, isAllOrNothing } }: { outcome: Outcome }): JSX.Element {
  const { dryRun, rows, created, updated, unchanged, refused, errors, moreErrors } = result;
  const left = errors.length - MOST_SHOWN;
  const counts = [
    ['Rows', rows],
    [dryRun ? 'Would be added' : 'Added', created],
    [dryRun ? 'Would be changed' : 'Changed', updated],
    ['As they are', unchanged],
    [dryRun ? 'Would be refused' : 'Refused', refused],
  ] as const;
  return (
    <section class="card" aria-labelledby="outcome" id="what">
      <h2 id="outcome">{dryRun ? 'What it would do' : 'What was done'}</h2>
      {note && <p class="flash waiting">{note}</p>}
      <p class="sr" role="status">
        {message}
      </p>
      <dl class="facts counts">
        {counts.map(([label, count]) => (
          <div>
            <dt>{label}</dt>
            <dd class={count > 0 && label.toLowerCase().includes('refused') ? 'error' : undefined}>
              {count.toLocaleString('en-GB')}
            </dd>
          </div>
        ))}
      </dl>
      {dryRun && <p class="muted">Nothing was changed yet.</p>}
      {refused > 0 && dryRun && (
        <p>
          {isAllOrNothing
            ? 'Nothing can be imported until these are mended in the file.'
            : 'The rows below are left out; mend them in the file, or import the others now.'}
        </p>
      )}
      {errors.length > 0 && (
        <CardTable caption="What is not right" headings={['Where', 'Column', 'Value', 'Why']}>
          {errors.slice(0, MOST_SHOWN).map(({ row, column, value, message: why }) => (
            <tr data-row>
              <th scope="row" data-label="Where" class="short">
                Row {row}
              </th>
              <td data-label="Column">{column ?? 'the whole row'}</td>
              <td data-label="Value" class="given">
                {value === '' ? <span class="muted">empty</span> : value}
              </td>
              <td data-label="Why">{why}</td>
            </tr>
          ))}
        </CardTable>
      )}
      {left + moreErrors > 0 && <p class="muted">And {Math.max(left, 0) + moreErrors} more.</p>}
      {result.preview.length > 0 && <Preview rows={result.preview} all={created + updated} names={names} />}
    </section>
  );
}

interface PreviewProps {
  rows: Import['preview'];
  /** How many clients it would add or change. */
  all: number;
  names: Names;
}

/** The first clients that the file would add or change, field by field. */
function Preview({ rows, all, names }: PreviewProps): JSX.Element {
  return (
    <>
      <CardTable caption="What would be added or changed" headings={['Where', 'Client', 'What']}>
        {rows.map(({ row, clientCode, companyName, before, after }) => (
          <tr data-row>
            <th scope="row" data-label="Where" class="short">
              Row {row}
            </th>
            <td data-label="Client">
              {companyName} {clientCode === null ? <span class="badge">New</span> : <span class="code">{clientCode}</span>}
            </td>
            <td data-label="What">
              {changedWords({ before, after }, names).map((words) => (
                <div>{words}</div>
              ))}
            </td>
          </tr>
        ))}
      </CardTable>
      {all > rows.length && <p class="muted">And {(all - rows.length).toLocaleString('en-GB')} more.</p>}
    </>
  );
}

/** Which columns a file may have; an export has them all. */
function Columns(): JSX.Element {
  return (
    <details class="card">
      <summary>
        <h2>Which columns a file may have</h2>
      </summary>
      <p>
        In any order, named as here or by the short names in brackets; capitals and blanks do not count. A row is about the client
        with its client code, else its company number, else its VAT number, else it is a new one. An empty cell takes the value
        away; a column that is not there leaves it. <a href="/clients">An export of the list</a> has them all.
      </p>
      <p class="column-names">
        {CSV_COLUMNS.filter(({ isFixed }) => !isFixed).map(({ name, label }) => (
          <>
            {label} (<code>{name}</code>){' '}
          </>
        ))}
      </p>
    </details>
  );
}

import type { AxiosInstance, AxiosResponse } from 'axios';
import { create, isAxiosError } from 'axios';
import type { Pool } from 'pg';
import { Answer } from '../../domain/companiesHouse/answer';
import type { CompanyReading } from '../../domain/companiesHouse/company';
import { readCompany } from '../../domain/companiesHouse/readCompany';
import type { Settings } from '../../settings/settings';
import { CompaniesHouseError } from './companiesHouseError';
import type { Turn } from './requestLimit';
import { RequestLimit } from './requestLimit';

const CALL_MS = 10_000;
const LARGEST_ANSWER_BYTES = 2_000_000;
const PEOPLE_A_PAGE = 100;
const MOST_PAGES_OF_PEOPLE = 5;
/** Where Companies House does not say when it takes requests again. */
const BLOCK_SECONDS = 60;
const LONGEST_BLOCK_SECONDS = 300;
const FIRST_ERROR_OF_THEIRS = 500;

/** A company as a search finds it. */
export interface FoundCompany {
  companyNumber: string;
  companyName: string | null;
  companyStatus: string | null;
  type: string | null;
  incorporationDate: string | null;
  address: string | null;
}

/**
 * The public data API of Companies House. Only the configured address is called, redirects are not followed, and an answer is bounded
 * in size and time. Nothing is tried again here: a workflow that asks does that. Everything throws CompaniesHouseError.
 */
export class CompaniesHouse {
  readonly isConfigured: boolean;
  private readonly http: AxiosInstance;
  private readonly limit: RequestLimit;

  constructor(
    { COMPANIES_HOUSE_API_KEY, COMPANIES_HOUSE_BASE_URL }: Pick<Settings, 'COMPANIES_HOUSE_API_KEY' | 'COMPANIES_HOUSE_BASE_URL'>,
    db: Pool,
    private readonly callMs = CALL_MS,
  ) {
    this.isConfigured = COMPANIES_HOUSE_API_KEY !== undefined;
    this.limit = new RequestLimit(db);
    this.http = create({
      baseURL: COMPANIES_HOUSE_BASE_URL,
      allowAbsoluteUrls: false,
      auth: { username: COMPANIES_HOUSE_API_KEY ?? '', password: '' },
      timeout: callMs,
      maxContentLength: LARGEST_ANSWER_BYTES,
      maxRedirects: 0,
      validateStatus: () => true,
      headers: { accept: 'application/json' },
    });
  }

  /** The companies that a text finds, a page of them, and how many there are. */
  async search(text: string, { page, limit }: { page: number; limit: number }, turn: Turn) {
    const query = { q: text, items_per_page: limit, start_index: (page - 1) * limit };
    const answer = Answer.of(await this.read('/search/companies', query, turn));
    if (!answer) throw new CompaniesHouseError('UNREADABLE');
    const companies = (answer.blocks('items', limit) ?? []).flatMap((item) => foundCompany(item) ?? []);
    return { companies, totalCount: answer.wholeNumber('total_results', 0, Number.MAX_SAFE_INTEGER) ?? companies.length };
  }

  /** A company with its officers and persons with significant control. `companyNumber` is written as normaliseCompanyNumber writes it. */
  async company(companyNumber: string, turn: Turn): Promise<CompanyReading> {
    const path = `/company/${encodeURIComponent(companyNumber)}`;
    const profile = await this.read(path, {}, turn);
    const officers = await this.people(`${path}/officers`, turn);
    const personsWithSignificantControl = await this.people(`${path}/persons-with-significant-control`, turn);
    const reading = readCompany(companyNumber, { profile, officers, personsWithSignificantControl });
    if (!reading) throw new CompaniesHouseError('UNREADABLE');
    return reading;
  }

  /** All pages of a list of people as one; Companies House answers 404 for a list that is empty. */
  private async people(path: string, turn: Turn): Promise<unknown> {
    const items: unknown[] = [];
    for (let page = 0; page < MOST_PAGES_OF_PEOPLE; page += 1) {
      const query = { items_per_page: PEOPLE_A_PAGE, start_index: page * PEOPLE_A_PAGE };
      const body = await this.readOrNothing(path, query, turn);
      if (body === null) break;
      const found = itemsOf(body);
      // What is no list is left to whoever reads it.
      if (!found) return body;
      items.push(...found);
      if (found.length < PEOPLE_A_PAGE) break;
    }
    return { items };
  }

  private async readOrNothing(path: string, query: Record<string, string | number>, turn: Turn): Promise<unknown> {
    try {
      return await this.read(path, query, turn);
    } catch (error) {
      if (error instanceof CompaniesHouseError && error.failure === 'NOT_FOUND') return null;
      throw error;
    }
  }

  private async read(path: string, query: Record<string, string | number>, turn: Turn): Promise<unknown> {
    if (!this.isConfigured) throw new CompaniesHouseError('NOT_CONFIGURED');
    await this.limit.take(turn);
    const response = await this.call(path, query);
    if (response.status === 200) return response.data;
    if (response.status === 429) {
      const seconds = secondsToWait(response);
      await this.limit.block(seconds);
      throw new CompaniesHouseError('BUSY', seconds);
    }
    if (response.status === 404) throw new CompaniesHouseError('NOT_FOUND');
    if (response.status === 401 || response.status === 403) throw new CompaniesHouseError('UNAUTHORISED');
    const failure = response.status >= FIRST_ERROR_OF_THEIRS ? 'UNREACHABLE' : 'UNREADABLE';
    throw new CompaniesHouseError(failure, null, `status ${response.status}`);
  }

  /** The signal ends an answer that drips in slowly, which a time-out of the connection would not. */
  private async call(path: string, params: Record<string, string | number>): Promise<AxiosResponse<unknown>> {
    try {
      return await this.http.get<unknown>(path, { params, signal: AbortSignal.timeout(this.callMs) });
    } catch (error) {
      const isTooLarge = isAxiosError(error) && error.message.includes('maxContentLength');
      throw new CompaniesHouseError(isTooLarge ? 'UNREADABLE' : 'UNREACHABLE', null, causeOf(error));
    }
  }
}

function foundCompany(item: Answer): FoundCompany | undefined {
  const companyNumber = item.text('company_number');
  if (companyNumber === undefined) return undefined;
  return {
    companyNumber,
    companyName: item.text('title') ?? null,
    companyStatus: item.text('company_status') ?? null,
    type: item.text('company_type') ?? null,
    incorporationDate: item.date('date_of_creation') ?? null,
    address: item.text('address_snippet', 1000) ?? null,
  };
}

function itemsOf(body: unknown): unknown[] | undefined {
  if (typeof body !== 'object' || body === null || !('items' in body)) return undefined;
  return Array.isArray(body.items) ? body.items : undefined;
}

/** What Companies House says in seconds, or as the second at which its window ends. */
function secondsToWait({ headers }: AxiosResponse): number {
  const after = Number(headers['retry-after'] ?? Number.NaN);
  const until = Number(headers['x-ratelimit-reset'] ?? Number.NaN) - Date.now() / 1000;
  const [said = BLOCK_SECONDS] = [after, until].filter((seconds) => Number.isFinite(seconds) && seconds > 0);
  return Math.min(Math.ceil(said), LONGEST_BLOCK_SECONDS);
}

/** An error of axios holds the whole request, key included: only what happened is kept of it. */
function causeOf(error: unknown): string {
  return isAxiosError(error) ? `${error.code ?? ''} ${error.message}`.trim() : String(error);
}

import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { freePort } from '../../embedded/ports';

/** The key that the stand-in accepts. */
export const COMPANIES_HOUSE_KEY = 'companies-house-test-key';

/** What it does to a request instead of answering it. */
export type Misbehaviour =
  | { status: number; headers?: Record<string, string>; body?: unknown }
  | 'silence'
  | 'reset'
  | 'slowDrip'
  | 'fiftyMegabytes'
  | 'notJson'
  | { redirectTo: string };

/** A company with the parts that the real API has under addresses of their own; without them it answers 404 there, as the real one does. */
export interface StandInCompany {
  profile: unknown;
  officers?: unknown;
  personsWithSignificantControl?: unknown;
}

const NOT_FOUND = { errors: [{ type: 'ch:service', error: 'company-profile-not-found' }] };
const DRIP_MS = 200;
const MEGABYTE = 1024 * 1024;

/** Answers like the public data API of Companies House, and misbehaves when told. */
export class CompaniesHouseStandIn {
  readonly companies = new Map<string, StandInCompany>();
  /** Every request that came: its path with its query, and when (epoch ms). */
  readonly requests: { path: string; at: number }[] = [];
  private readonly misbehaviours: { times: number; where: RegExp; what: Misbehaviour }[] = [];

  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async start(): Promise<CompaniesHouseStandIn> {
    const port = await freePort();
    const server = createServer((request, response) => standIn.handle(request, response));
    const standIn = new CompaniesHouseStandIn(`http://127.0.0.1:${port}`, server);
    await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
    return standIn;
  }

  /** The settings of a process that is to use it. */
  get environment(): Record<string, string> {
    return { COMPANIES_HOUSE_API_KEY: COMPANIES_HOUSE_KEY, COMPANIES_HOUSE_BASE_URL: this.url };
  }

  /** The next requests to such a path are treated so. */
  misbehave(what: Misbehaviour, times = 1, where = /./): void {
    this.misbehaviours.push({ times, where, what });
  }

  /** Answers everything properly again. */
  behave(): void {
    this.misbehaviours.length = 0;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private handle(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '';
    this.requests.push({ path, at: Date.now() });
    const turn = this.misbehaviours.find(({ times, where }) => times > 0 && where.test(path));
    if (turn) {
      turn.times -= 1;
      this.treat(turn.what, response);
      return;
    }
    const key = Buffer.from((request.headers.authorization ?? '').replace('Basic ', ''), 'base64').toString();
    if (key !== `${COMPANIES_HOUSE_KEY}:`) answer(response, 401, { error: 'Invalid Authorization', type: 'ch:service' });
    else this.answerProperly(new URL(path, this.url), response);
  }

  private answerProperly(url: URL, response: ServerResponse): void {
    if (url.pathname === '/search/companies') {
      answer(response, 200, this.search(url.searchParams));
      return;
    }
    const [, number = '', part] = /^\/company\/([^/]+)(?:\/(.+))?$/.exec(url.pathname) ?? [];
    const company = this.companies.get(number);
    if (number.length > 8) answer(response, 500, { error: 'Internal server error', type: 'ch:service' });
    else if (!company) answer(response, 404, NOT_FOUND);
    else if (part === undefined) answer(response, 200, company.profile);
    else {
      const people = part === 'officers' ? company.officers : company.personsWithSignificantControl;
      if (people === undefined) answer(response, 404, NOT_FOUND);
      else answer(response, 200, pageOf(people, url.searchParams));
    }
  }

  private search(query: URLSearchParams): unknown {
    const text = (query.get('q') ?? '').toLowerCase();
    const found = [...this.companies].flatMap(([company_number, { profile }]) => {
      const title = String(Object(profile).company_name);
      return title.toLowerCase().includes(text) || company_number === text.toUpperCase()
        ? [{ company_number, title, company_status: 'active', company_type: 'ltd', address_snippet: '1 High Street, Leeds' }]
        : [];
    });
    return { total_results: found.length, items: pageOfItems(found, query) };
  }

  private treat(what: Misbehaviour, response: ServerResponse): void {
    if (what === 'silence') return;
    if (what === 'reset') response.destroy();
    else if (what === 'slowDrip') drip(response);
    else if (what === 'fiftyMegabytes') flood(response);
    else if (what === 'notJson') response.end('<html>Service unavailable</html>');
    else if ('redirectTo' in what) response.writeHead(302, { location: what.redirectTo }).end();
    else answer(response, what.status, what.body ?? { error: 'stand-in', type: 'ch:service' }, what.headers);
  }
}

function answer(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

function pageOf(people: unknown, query: URLSearchParams): unknown {
  const { items } = Object(people);
  return Array.isArray(items) ? { ...Object(people), items: pageOfItems(items, query) } : people;
}

function pageOfItems(items: readonly unknown[], query: URLSearchParams): unknown[] {
  const start = Number(query.get('start_index') ?? 0);
  return items.slice(start, start + Number(query.get('items_per_page') ?? 35));
}

/** A byte now and then, without end. */
function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), DRIP_MS);
  response.on('close', () => clearInterval(timer));
}

function flood(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"company_name":"');
  for (let sent = 0; sent < 50; sent += 1) response.write('x'.repeat(MEGABYTE));
  response.end('"}');
}

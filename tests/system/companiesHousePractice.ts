import { z } from 'zod';
import type { ApiCaller, Reply } from '../harness/apiCaller';
import { CompaniesHouseStandIn } from '../harness/companiesHouseStandIn';
import { exampleCompany } from '../harness/exampleCompany';
import { RunningPractice } from '../harness/runningPractice';
import { servers } from '../harness/servers';

export const CONTACT = { contactName: 'Casey Contact', contactEmail: 'casey@example.com' };
export const Filings = z.array(
  z.looseObject({ id: z.string(), kind: z.string(), workflowId: z.string(), periodStart: z.string() }),
);

/** A client made of a company that Companies House knows. */
export interface Company {
  number: string;
  id: string;
  clientCode: string;
  /** The accounts that are open. */
  filing: z.infer<typeof Filings>[number];
}

/** A running practice that asks a stand-in of Companies House for its clients' dates. */
export class CompaniesHousePractice {
  private companies = 1_000_000;

  private constructor(
    readonly standIn: CompaniesHouseStandIn,
    readonly practice: RunningPractice,
    readonly partner: ApiCaller,
  ) {}

  static async start(): Promise<CompaniesHousePractice> {
    const standIn = await CompaniesHouseStandIn.start();
    const practice = await RunningPractice.start(servers().temporalAddress, standIn.environment);
    return new CompaniesHousePractice(standIn, practice, await practice.partner());
  }

  /** The stand-in answers again, and each test has the shared limit for itself. */
  async reset(): Promise<void> {
    this.standIn.behave();
    await this.practice.rows('DELETE FROM rate_limits');
  }

  /** Makes a client of a new company; `changes` is what Companies House says of it besides what it says of any. */
  async company(changes: Record<string, unknown> = {}): Promise<Company> {
    this.companies += 1;
    const number = String(this.companies).padStart(8, '0');
    this.change(number, changes);
    const created = await this.partner.post('/clients/from-companies-house', { companyNumber: number, ...CONTACT });
    expect(created.status).toBe(201);
    const [filing] = Filings.parse(created.row()['openFilings']);
    if (!filing) throw new Error('No accounts were opened');
    return { number, id: created.row().id, clientCode: String(created.row()['clientCode']), filing };
  }

  /** What Companies House says of a company from now on. */
  change(number: string, changes: Record<string, unknown>): void {
    this.standIn.companies.set(number, exampleCompany(number, changes));
  }

  async client(id: string): Promise<ReturnType<Reply['row']>> {
    return (await this.partner.get(`/clients/${id}`)).row();
  }

  async stop(): Promise<void> {
    await this.practice.stop();
    await this.standIn.stop();
  }
}

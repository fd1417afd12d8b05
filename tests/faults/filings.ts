import { londonDateOf } from '../../domain/calendar/london';
import type { ApiCaller } from '../harness/apiCaller';
import type { LiveSystem } from './liveSystem';

/** A VAT quarter that is moved while parts of the system fail. */
export interface Filing {
  id: string;
  path: string;
  workflowId: string;
  /** Everything that was ever asked of it, in order. */
  moves: Move[];
}

/** One move that somebody asks for, as often as it takes, with one key. */
export interface Move {
  filing: Filing;
  stage: string;
  key: string;
  answers: Answer[];
}

export interface Answer {
  /** Undefined where the connection broke before there was one. */
  status: number | undefined;
  body: unknown;
  message: string;
}

const GROUPS = ['A', 'B', 'C'] as const;

/** Opens the running VAT quarter of so many new clients. It ends next month, so that nothing of it is due yet. */
export async function openQuarters(
  system: Pick<LiveSystem, 'rows' | 'until'>,
  partner: ApiCaller,
  count: number,
): Promise<Filing[]> {
  const filings = await Promise.all(Array.from({ length: count }, (_, index) => openQuarter(partner, `Acme ${index + 1}`)));
  await untilStarted(system, filings);
  return filings;
}

/** Adds a client whose only filing is the running quarter. */
export async function openQuarter(partner: ApiCaller, companyName: string): Promise<Filing> {
  const today = londonDateOf(Date.now());
  const created = await addClient(partner, companyName, {
    vatFrequency: 'Quarterly',
    // A's quarters end in January, B's in February, C's in March, and so on: this month is the last one's.
    vatQuarterGroup: GROUPS[Number(today.slice(5, 7)) % GROUPS.length],
    vatRegistrationDate: `${today.slice(0, 8)}01`,
  });
  const [row] = (await partner.get(`/vat-quarters?clientId=${created.id}`)).rows();
  const id = String(row?.['id']);
  return { id, path: `/vat-quarters/${id}`, workflowId: String(row?.['workflowId']), moves: [] };
}

/** Adds a client that is registered for VAT. Throws where it is not added. */
export async function addClient(partner: ApiCaller, companyName: string, vat: Record<string, unknown>): Promise<{ id: string }> {
  const reply = await partner.post('/clients', {
    companyName,
    companyType: 'NON_LIMITED_COMPANY',
    contactName: 'Casey Contact',
    contactEmail: 'casey@example.com',
    isVatEnabled: true,
    ...vat,
  });
  if (reply.status !== 201) throw new Error(`${companyName} was not added: ${reply.status} ${reply.body.message}`);
  return reply.row();
}

/** Waits until workflows have taken charge of filings. */
export async function untilStarted(system: Pick<LiveSystem, 'rows' | 'until'>, filings: readonly Filing[]): Promise<void> {
  const unstarted = async (): Promise<number> => {
    const ids = filings.map(({ id }) => id);
    return (await system.rows('SELECT FROM vat_quarters WHERE id = ANY($1) AND run_id IS NULL', [ids])).length;
  };
  await system.until('every filing is started', async () => (await unstarted()) === 0, 60_000);
}

import type { IsoDate } from '../calendar/dates';
import type { VatConfiguration } from './vat';
import { vatPeriodContaining } from './vat';
import { vatDue } from './vatPeriods';

/** How a deadline that deregistration moved says who told of it. */
export const DEREGISTRATION = 'VAT deregistration';

/** When a period ends, and when its return is due. */
export interface PeriodEnd {
  end: IsoDate;
  due: IsoDate;
}

/** A move of a period's end that happened, and who told of it. */
export interface PeriodMove {
  source: string;
  before: PeriodEnd;
  after: PeriodEnd;
}

/** A filing of a client whose deregistration changes. */
export interface RegisteredFiling extends PeriodEnd {
  start: IsoDate;
  /** CANCELLED is what comes back: because of deregistration, or of archiving. */
  state: 'OPEN' | 'CANCELLED' | 'CLOSED';
  /** How its period was moved, oldest first. */
  moves: readonly PeriodMove[];
}

/** What is asked of a filing, in this order. */
export type RegistrationStep = { kind: 'CANCEL' } | { kind: 'REOPEN' } | { kind: 'MOVE'; to: PeriodEnd };

/**
 * What becomes of a filing when a client's deregistration is set, moved or taken back: the period that holds the day ends with it, and
 * its final return is still due; later periods are cancelled; what an earlier date had cut or cancelled comes back as far as the new
 * one allows.
 */
export function registrationSteps(
  filing: RegisteredFiling,
  configuration: VatConfiguration,
  earlier: IsoDate | null,
): RegistrationStep[] {
  if (filing.state === 'CLOSED') return [];
  const { vatDeregistrationDate: last } = configuration;
  const isOpen = filing.state === 'OPEN';
  if (last !== null && filing.start > last) return isOpen ? [{ kind: 'CANCEL' }] : [];
  const whole = wholePeriod(filing, configuration, earlier);
  const to = last !== null && last < whole.end ? { end: last, due: vatDue(last) } : whole;
  return [...(isOpen ? [] : [{ kind: 'REOPEN' as const }]), ...(to.end === filing.end ? [] : [{ kind: 'MOVE' as const, to }])];
}

/** The period before deregistration cut it: as its moves tell; as the group has it, where it was opened with the cut. */
function wholePeriod(
  { start, end, due, moves }: RegisteredFiling,
  configuration: VatConfiguration,
  earlier: IsoDate | null,
): PeriodEnd {
  let whole: PeriodEnd | undefined;
  for (const { source, before, after } of moves.toReversed()) {
    if (source !== DEREGISTRATION || after.end !== (whole ?? { end }).end) break;
    whole = before;
  }
  if (whole) return whole;
  const nominal = end === earlier ? vatPeriodContaining({ ...configuration, vatDeregistrationDate: null }, start) : undefined;
  return nominal ? { end: nominal.end, due: nominal.due } : { end, due };
}

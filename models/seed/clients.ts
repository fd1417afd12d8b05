import { addDays, addMonths, daysBetween, endOfMonth } from '../../domain/calendar/dates';
import type { IsoDate } from '../../domain/calendar/dates';
import type { CompanyType } from '../../domain/clients/clientFields';
import { companyNumber, inwardCode, nationalInsuranceNumber, taxpayerReference, vatNumber } from './identifiers';
import type { SeedRow } from './insertStatement';
import { BRANDS, FIRST_NAMES, SIC_CODES, STREETS, SURNAMES, TOWNS, TRADES } from './names';
import type { Town } from './names';
import type { SeededPerson } from './people';
import { createRandom, indexKey, seededId } from './random';
import type { Random } from './random';

/** From what the clients of a sample practice are made. */
export interface ClientPlan {
  seed: number;
  /** The date in London around which their deadlines lie. */
  today: IsoDate;
  people: readonly [SeededPerson, ...SeededPerson[]];
}

/** The row of one client, without a client code: the database gives that out. */
export function clientRow(plan: ClientPlan, index: number): SeedRow & { id: string } {
  const random = createRandom(plan.seed, index);
  const id = seededId(random, indexKey(index));
  const type: CompanyType = random.chance(65) ? 'LIMITED_COMPANY' : 'NON_LIMITED_COMPANY';
  const town = random.pick(TOWNS);
  const [first, last] = [random.pick(FIRST_NAMES), random.pick(SURNAMES)];
  const isActive = random.chance(95);
  const began = addDays(plan.today, -random.integer(400, 25 * 365));
  const isVatEnabled = random.chance(type === 'LIMITED_COMPANY' ? 60 : 25);
  return {
    id,
    company_type: type,
    ...(type === 'LIMITED_COMPANY'
      ? companyColumns(plan, index, random, town, began, isActive)
      : soleTraderColumns(random, town, `${first} ${last}`)),
    contact_name: `${first} ${last}`,
    contact_email: `${first}.${last}.${index + 1}@example.com`.toLowerCase(),
    contact_phone: `0${random.integer(1_100, 1_999)} ${random.integer(100_000, 999_999)}`,
    year_established: Number(began.slice(0, 4)),
    number_of_employees: random.chance(80) ? random.integer(0, 12) : random.integer(13, 180),
    annual_turnover: (random.integer(1_500_000, 95_000_000) / 100).toFixed(2),
    paperwork_frequency: random.pick(['Monthly', 'Quarterly', 'Annually']),
    utr_number: taxpayerReference(random),
    ...assignmentColumns(plan.people, random, type, isVatEnabled),
    ...vatColumns(random, began, isVatEnabled),
    is_active: isActive,
    is_vat_enabled: isVatEnabled,
    created_at: `${addDays(plan.today, -random.integer(1, 900))}T${String(random.integer(8, 17)).padStart(2, '0')}:00:00Z`,
  };
}

function companyColumns(
  { seed, today }: ClientPlan,
  index: number,
  random: Random,
  town: Town,
  incorporated: IsoDate,
  isActive: boolean,
): SeedRow {
  const [officer, brand] = [random.pick(SURNAMES), random.pick(BRANDS)];
  const name = `${random.chance(50) ? brand : officer} ${random.pick(TRADES)} ${random.pick(['Ltd', 'Ltd', 'Limited'])}`;
  const yearEnd = nextYearEnd(incorporated, today, random);
  const lastYearEnd = endOfMonth(addMonths(yearEnd, -12));
  const statement = anniversaryBefore(incorporated, today);
  const taxDue = addDays(addMonths(yearEnd, 9), 1);
  const address = {
    address_line_1: `${random.integer(1, 240)} ${random.pick(STREETS)}`,
    locality: town.name,
    postal_code: `${town.outward} ${inwardCode(random)}`,
    country: town.country,
  };
  return {
    company_name: name,
    company_number: companyNumber(seed, index, town.country === 'Scotland'),
    company_status: isActive ? 'active' : 'dissolved',
    incorporation_date: incorporated,
    registered_office_address: address,
    sic_codes: [random.pick(SIC_CODES)],
    jurisdiction: town.country === 'Scotland' ? 'scotland' : 'england-wales',
    officers: [
      { name: `${officer.toUpperCase()}, ${random.pick(FIRST_NAMES)}`, officer_role: 'director', appointed_on: incorporated },
    ],
    next_accounts_due: addMonths(yearEnd, 9),
    last_accounts_made_up_to: lastYearEnd > incorporated ? lastYearEnd : null,
    next_confirmation_due: addDays(addMonths(statement, 12), 13),
    last_confirmation_made_up_to: statement > incorporated ? addDays(statement, -1) : null,
    next_year_end: yearEnd,
    next_corporation_tax_due: taxDue,
    corporation_tax_status: corporationTaxStatus(random, taxDue, today),
    corporation_tax_period_start: addDays(lastYearEnd, 1),
    corporation_tax_period_end: yearEnd,
    nature_of_trade: null,
    national_insurance_number: null,
    trading_address_line1: null,
    trading_address_country: null,
    trading_address_post_code: null,
  };
}

function soleTraderColumns(random: Random, town: Town, owner: string): SeedRow {
  const trade = random.pick(TRADES);
  return {
    company_name: random.chance(40) ? owner : `${random.chance(50) ? random.pick(BRANDS) : random.pick(SURNAMES)} ${trade}`,
    company_number: null,
    company_status: null,
    incorporation_date: null,
    registered_office_address: null,
    sic_codes: null,
    jurisdiction: null,
    officers: null,
    next_accounts_due: null,
    last_accounts_made_up_to: null,
    next_confirmation_due: null,
    last_confirmation_made_up_to: null,
    next_year_end: null,
    next_corporation_tax_due: null,
    corporation_tax_status: 'NOT_REQUIRED',
    corporation_tax_period_start: null,
    corporation_tax_period_end: null,
    nature_of_trade: trade,
    national_insurance_number: nationalInsuranceNumber(random),
    trading_address_line1: `${random.integer(1, 240)} ${random.pick(STREETS)}`,
    trading_address_country: town.country,
    trading_address_post_code: `${town.outward} ${inwardCode(random)}`,
  };
}

function assignmentColumns(
  people: readonly [SeededPerson, ...SeededPerson[]],
  random: Random,
  type: CompanyType,
  isVatEnabled: boolean,
): SeedRow {
  const someone = (): string => random.pick(people).id;
  const isCompany = type === 'LIMITED_COMPANY';
  return {
    assigned_user_id: random.chance(90) ? someone() : null,
    ltd_company_assigned_user_id: isCompany && random.chance(80) ? someone() : null,
    non_ltd_company_assigned_user_id: !isCompany && random.chance(80) ? someone() : null,
    vat_assigned_user_id: isVatEnabled && random.chance(80) ? someone() : null,
    chase_team_user_ids: [...new Set(Array.from({ length: random.integer(0, 2) }, someone))],
  };
}

function vatColumns(random: Random, began: IsoDate, isVatEnabled: boolean): SeedRow {
  if (!isVatEnabled) {
    return { vat_number: null, vat_registration_date: null, vat_frequency: null, vat_quarter_group: null, vat_scheme: null };
  }
  const isMonthly = random.chance(8);
  return {
    vat_number: vatNumber(random),
    vat_registration_date: addDays(began, random.integer(0, 365)),
    vat_frequency: isMonthly ? 'Monthly' : 'Quarterly',
    vat_quarter_group: isMonthly ? null : random.pick(['A', 'B', 'C']),
    vat_scheme: random.pick(['Standard', 'Standard', 'Cash accounting', 'Flat rate']),
  };
}

/** The year end that Companies House waits for: mostly with accounts still to come in, for some overdue. */
function nextYearEnd(incorporated: IsoDate, today: IsoDate, random: Random): IsoDate {
  const last = endOfMonth(anniversaryBefore(incorporated, today));
  const passed = last <= today ? last : endOfMonth(addMonths(last, -12));
  const isFiled = random.chance(addMonths(passed, 9) < today ? 92 : 45);
  const waitedFor = isFiled ? endOfMonth(addMonths(passed, 12)) : passed;
  return waitedFor > incorporated ? waitedFor : endOfMonth(addMonths(incorporated, 12));
}

/** The last anniversary of a date up to today, or the date itself. */
function anniversaryBefore(date: IsoDate, today: IsoDate): IsoDate {
  const years = Math.floor(daysBetween(date, today) / 365.25);
  const reached = addMonths(date, years * 12);
  return reached <= today ? reached : addMonths(date, (years - 1) * 12);
}

function corporationTaxStatus(random: Random, due: IsoDate, today: IsoDate): string {
  if (due < today) return random.chance(70) ? 'FILED' : 'OVERDUE';
  return random.chance(25) ? 'IN_PROGRESS' : 'PENDING';
}

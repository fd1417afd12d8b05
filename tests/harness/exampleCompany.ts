import { londonDateOf } from '../../domain/calendar/london';
import type { StandInCompany } from './companiesHouseStandIn';

const today = londonDateOf(Date.now());
/** The calendar year in which the running accounting period of the example began, on 1 July. */
export const YEAR = Number(today.slice(0, 4)) - (today.slice(5) < '07-01' ? 1 : 0);

/** A company as the real API answers it, with everything that a practice reads; `changes` replace fields of its profile. */
export function exampleCompany(companyNumber: string, changes: Record<string, unknown> = {}): StandInCompany {
  return {
    profile: {
      company_number: companyNumber,
      company_name: `EXAMPLE ${companyNumber} LIMITED`,
      company_status: 'active',
      type: 'ltd',
      date_of_creation: '2015-06-10',
      jurisdiction: 'england-wales',
      registered_office_address: {
        address_line_1: '1 High Street',
        locality: 'Leeds',
        postal_code: 'LS1 1AA',
        country: 'England',
      },
      sic_codes: ['62012', '62020'],
      has_been_liquidated: false,
      has_charges: true,
      has_insolvency_history: false,
      accounts: {
        accounting_reference_date: { day: '30', month: '06' },
        last_accounts: { made_up_to: `${YEAR}-06-30`, type: 'micro-entity' },
        next_accounts: {
          period_start_on: `${YEAR}-07-01`,
          period_end_on: `${YEAR + 1}-06-30`,
          due_on: `${YEAR + 2}-03-31`,
          overdue: false,
        },
        next_due: `${YEAR + 2}-03-31`,
        next_made_up_to: `${YEAR + 1}-06-30`,
      },
      confirmation_statement: {
        last_made_up_to: `${YEAR}-06-09`,
        next_made_up_to: `${YEAR + 1}-06-09`,
        next_due: `${YEAR + 1}-06-23`,
      },
      links: { self: `/company/${companyNumber}` },
      ...changes,
    },
    officers: {
      items: [
        {
          name: 'EXAMPLE, Erin',
          officer_role: 'director',
          appointed_on: '2015-06-10',
          nationality: 'British',
          occupation: 'Director',
          country_of_residence: 'England',
          address: { premises: '1', address_line_1: 'High Street', locality: 'Leeds', postal_code: 'LS1 1AA' },
          date_of_birth: { month: 4, year: 1980 },
        },
      ],
      total_results: 1,
    },
    personsWithSignificantControl: {
      items: [
        {
          name: 'Ms Erin Example',
          kind: 'individual-person-with-significant-control',
          natures_of_control: ['ownership-of-shares-75-to-100-percent'],
          notified_on: '2016-04-06',
        },
      ],
    },
  };
}

import { audit } from './m004Audit';
import { chasing } from './m007Chasing';
import { clientListVersion } from './m009ClientListVersion';
import { clients } from './m002Clients';
import { filingRequests } from './m006FilingRequests';
import { filings } from './m003Filings';
import { messages } from './m005Messages';
import type { Migration } from './migration';
import { people } from './m001People';
import { search } from './m008Search';

/** Every step of the schema, oldest first. Added to, never edited or reordered once released. */
export const MIGRATIONS: readonly Migration[] = [
  people,
  clients,
  filings,
  audit,
  messages,
  filingRequests,
  chasing,
  search,
  clientListVersion,
];

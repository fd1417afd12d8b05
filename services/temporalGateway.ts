import type { Client } from '@temporalio/client';

/** How the practice reaches Temporal from outside of workflows. */
export interface TemporalGateway {
  /** The client of the filings' namespace; its connection is made at the first call and comes back by itself. */
  getClient(): Client;
  /** Whether client names may be read by Temporal. */
  showClientNames: boolean;
}

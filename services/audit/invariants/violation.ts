import type { Client } from '@temporalio/client';
import type { Pool } from 'pg';

/** Something that must hold and does not, in words for whoever runs the system. */
export interface Violation {
  invariant: string;
  /** What a person knows the record by. */
  record: string;
  message: string;
}

/** What one invariant found. */
export interface Finding {
  checked: number;
  violations: Violation[];
  /** What is right, and should be known all the same. */
  notes?: string[];
}

/** A finding with what was counted. */
export interface NamedFinding extends Finding {
  name: string;
}

/** Where the invariants of the database look. */
export interface AuditedDatabase {
  db: Pool;
  /** Whether nothing runs on it: then nobody can have handed over what waits. */
  isAtRest?: boolean;
}

/** Where the invariants look. */
export interface AuditedSystem extends AuditedDatabase {
  /** Of the filings' namespace. */
  temporal: Client;
}

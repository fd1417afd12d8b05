import type { ClientBase } from 'pg';

/**
 * One step of the schema. A released step is never edited: what it creates is written out in it, so that a list in domain/ may grow
 * without changing history. Its name is stored in the database and depends on no file name.
 */
export interface Migration {
  readonly name: string;
  /** Set where the step commits by itself, batch by batch (see inBatches); otherwise it runs in one transaction of the migrator. */
  readonly commitsItself?: true;
  up(client: ClientBase): Promise<void>;
  /** Undoes `up`, in the same way. */
  down(client: ClientBase): Promise<void>;
}

/** A migration that is plain SQL in both directions. */
export function sqlMigration(name: string, up: string, down: string): Migration {
  return {
    name,
    up: async (client) => {
      await client.query(up);
    },
    down: async (client) => {
      await client.query(down);
    },
  };
}

/** SQL of an enum type with these values, in this order. */
export function createEnum(name: string, values: readonly string[]): string {
  return `CREATE TYPE ${name} AS ENUM (${values.map((value) => `'${value}'`).join(', ')});`;
}

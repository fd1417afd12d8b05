import type { Pool } from 'pg';
import { z } from 'zod';

/** One step of a plan, as EXPLAIN tells it. */
export interface PlanStep {
  type: string;
  table: string | undefined;
  index: string | undefined;
}

/** SQL with its values. */
export interface Statement {
  text: string;
  values: unknown[];
}

const Named = z.object({ text: z.string(), values: z.array(z.unknown()) });
const Node = z.looseObject({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Index Name': z.string().optional(),
  Plans: z.array(z.unknown()).default([]),
});
const Explained = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: z.unknown() })]) })]);

/** Runs a query and gives the statements that it sent through the pool. */
export async function statementsOf(pool: Pool, query: () => Promise<unknown>): Promise<Statement[]> {
  const spy = jest.spyOn(pool, 'query');
  try {
    await query();
    return spy.mock.calls.map(([statement, values]: readonly unknown[]) =>
      typeof statement === 'string' ? { text: statement, values: z.array(z.unknown()).parse(values) } : Named.parse(statement),
    );
  } finally {
    spy.mockRestore();
  }
}

/** How PostgreSQL would go about a statement. */
export async function planOf(pool: Pool, { text, values }: Statement): Promise<PlanStep[]> {
  const { rows } = await pool.query(`EXPLAIN (FORMAT JSON) ${text}`, values);
  return stepsOf(Explained.parse(rows)[0]['QUERY PLAN'][0].Plan);
}

function stepsOf(node: unknown): PlanStep[] {
  const { 'Node Type': type, 'Relation Name': table, 'Index Name': index, Plans } = Node.parse(node);
  return [{ type, table, index }, ...Plans.flatMap(stepsOf)];
}

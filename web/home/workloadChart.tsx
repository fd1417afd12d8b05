import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import type { WorkloadSchema } from '../../api/reports/schemas';
import { BarTable } from '../components/barTable';

interface Load {
  userId: string | null;
  name: string;
  count: number;
  overdue: number;
}

/** Each person's open filings as a bar, its overdue part first; a table by its markup, so that it reads without its colours. */
export function WorkloadChart({ workload }: { workload: readonly z.infer<typeof WorkloadSchema>[] }): JSX.Element {
  const loads = byPerson(workload);
  return (
    <BarTable
      caption="Open filings of each person"
      headings={['Person', 'Open', 'Overdue']}
      rows={loads.map(({ userId, name, count, overdue }) => ({
        label: userId ? <a href={`/vat-quarters?assignedUserId=${userId}`}>{name}</a> : name,
        cells: [count, overdue],
        length: count,
        red: overdue,
      }))}
    />
  );
}

function byPerson(workload: readonly z.infer<typeof WorkloadSchema>[]): Load[] {
  const loads = new Map<string | null, Load>();
  for (const { userId, name, count, overdue } of workload) {
    const known = loads.get(userId) ?? { userId, name: name ?? 'Nobody', count: 0, overdue: 0 };
    loads.set(userId, { ...known, count: known.count + count, overdue: known.overdue + overdue });
  }
  return [...loads.values()].toSorted((a, b) => b.count - a.count);
}

import { z } from '@hono/zod-openapi';
import { londonDateOf } from '../../domain/calendar/london';
import { FILING_DEFINITIONS, stageIndex } from '../../domain/filings/definitions';
import { kindsOf } from '../../models/queries/reports/reportFilter';
import { reportStages } from '../../models/queries/reports/stageCounts';
import { reportTimeInStage } from '../../models/queries/reports/timeInStage';
import { workloadByPerson } from '../../models/queries/reports/workload';
import { viewerOf } from '../clients/routes';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { DateSchema } from '../schemas';
import { report } from './report';
import { filterFields, StageCountSchema, StagesSchema, TimeInStageSchema, WorkloadSchema } from './schemas';

/** Who has how much to do, where filings are, and how long they stay there. */
export function workRoutes(api: Api, deps: ApiDependencies): void {
  const { db, now } = deps;

  report(
    api,
    deps,
    {
      path: '/reports/workload',
      summary: 'How many open filings each person has, of each kind; in all stages unless some are named',
      permission: 'see filings',
      query: z.strictObject({ ...filterFields, stages: StagesSchema.optional() }),
      data: z.array(WorkloadSchema),
      rows: (people) => people,
      csv: {
        Person: ({ name }) => name,
        Kind: ({ kind }) => kind,
        Filings: ({ count }) => count,
        Overdue: ({ overdue }) => overdue,
      },
    },
    async (query, user) => {
      const loads = kindsOf(query).map(async (kind) => {
        const stages = query.stages?.filter((stage) => stageIndex(FILING_DEFINITIONS[kind], stage) >= 0);
        const rows = await workloadByPerson(db, kind, viewerOf(user), londonDateOf(now()), { ...query, stages });
        return rows.map((row) => ({ kind, ...row }));
      });
      return (await Promise.all(loads)).flat();
    },
  );

  report(
    api,
    deps,
    {
      path: '/reports/stages',
      summary: 'How many open filings are in each stage',
      permission: 'see filings',
      query: z.strictObject(filterFields),
      data: z.array(StageCountSchema),
      rows: (stages) => stages,
      csv: {
        Kind: ({ kind }) => kind,
        Stage: ({ stage }) => stage,
        Filings: ({ count }) => count,
        Overdue: ({ overdue }) => overdue,
      },
    },
    async (filter, user) => await reportStages(db, viewerOf(user), filter, londonDateOf(now())),
  );

  report(
    api,
    deps,
    {
      path: '/reports/time-in-stage',
      summary: 'How many days filings stayed in each stage before they moved on, of all moves (no userName) and by who made them',
      permission: 'see filings',
      query: z.strictObject({
        ...filterFields,
        stages: StagesSchema.optional(),
        from: DateSchema.optional(),
        to: DateSchema.optional(),
      }),
      data: z.array(TimeInStageSchema),
      rows: (stages) => stages,
      csv: {
        Kind: ({ kind }) => kind,
        Stage: ({ stage }) => stage,
        Person: ({ userName }) => userName ?? 'Everybody',
        Moves: ({ moves }) => moves,
        'Median days': ({ medianDays }) => medianDays,
        '90th percentile days': ({ percentile90Days }) => percentile90Days,
      },
    },
    async (query, user) => await reportTimeInStage(db, viewerOf(user), query),
  );
}

import type { Registry } from 'prom-client';
import { Gauge } from 'prom-client';
import { londonDateOf } from '../../domain/calendar/london';
import type { PracticeFigures } from '../../models/queries/practiceFigures';
import { practiceFigures } from '../../models/queries/practiceFigures';
import type { ApiDependencies } from '../dependencies';

/** Several that scrape, and several API processes, must not make the database count all day. */
const FRESH_FOR_MS = 15_000;

/** Figures of one number each, by the end of their name. */
const FIGURES = {
  reminders_sent_today: ['remindersSentToday', 'Reminders and alerts planned for today that are sent'],
  reminders_late: ['remindersLate', 'Reminders and alerts still to come whose time was over an hour ago'],
  requests_pending: ['requestsPending', 'Requests that are not decided yet'],
  requests_oldest_seconds: ['oldestRequestSeconds', 'Age of the oldest request that is not decided yet'],
  emails_pending: ['emailsPending', 'E-mails that are not sent yet'],
  emails_oldest_seconds: ['oldestEmailSeconds', 'Age of the oldest e-mail that is not sent yet'],
  emails_failed: ['emailsFailed', 'E-mails of the last day that were not delivered'],
  histories_to_keep: ['historiesToKeep', 'Filings that have ended and whose history is not kept yet'],
} as const satisfies Record<string, [Exclude<keyof PracticeFigures, 'filings'>, string]>;

/** What Prometheus reads of the practice itself: the same from every API process. */
export class PracticeMetrics {
  private readonly filings: Gauge;
  private readonly overdue: Gauge;
  private readonly figures: [Gauge, Exclude<keyof PracticeFigures, 'filings'>][];
  private readUntil = 0;

  constructor(
    registry: Registry,
    private readonly deps: ApiDependencies,
  ) {
    const registers = [registry];
    this.filings = new Gauge({
      name: 'numericalz_filings',
      help: 'Open filings, by kind, stage and whom they wait for',
      labelNames: ['kind', 'stage', 'waiting_for'],
      registers,
    });
    this.overdue = new Gauge({
      name: 'numericalz_filings_overdue',
      help: 'Open filings whose deadline has passed, by kind',
      labelNames: ['kind'],
      registers,
    });
    this.figures = Object.entries(FIGURES).map(([name, [figure, help]]) => [
      new Gauge({ name: `numericalz_${name}`, help, registers }),
      figure,
    ]);
    const states = {
      total: () => deps.db.pool.totalCount,
      idle: () => deps.db.pool.idleCount,
      waiting: () => deps.db.pool.waitingCount,
    };
    const pool = new Gauge({
      name: 'numericalz_database_pool',
      help: 'Connections to PostgreSQL, in all and idle, and callers that wait for one',
      labelNames: ['state'],
      registers,
      collect() {
        for (const [state, count] of Object.entries(states)) pool.set({ state }, count());
      },
    });
  }

  /** Reads the figures anew where they have grown old; while PostgreSQL is away there are none. */
  async refresh(): Promise<void> {
    const now = this.deps.now();
    if (now < this.readUntil) return;
    this.readUntil = now + FRESH_FOR_MS;
    this.filings.reset();
    this.overdue.reset();
    try {
      this.show(await practiceFigures(this.deps.db.pool, londonDateOf(now)));
    } catch (error) {
      this.readUntil = 0;
      this.deps.logger.warn({ cause: String(error) }, 'The figures of the practice could not be read');
    }
  }

  private show(figures: PracticeFigures): void {
    for (const { kind, stage, waitingFor, count, overdue } of figures.filings) {
      this.filings.set({ kind, stage, waiting_for: waitingFor }, count);
      this.overdue.inc({ kind }, overdue);
    }
    for (const [gauge, figure] of this.figures) gauge.set(figures[figure]);
  }
}

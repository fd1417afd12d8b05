import type { Bench } from './bench';
import type { Findings } from './findings';

/** What a figure should be; a missed goal is shown, and fails nothing. */
export interface Goal {
  figure: string;
  label: string;
  limit: number;
  isAtLeast: boolean;
}

export const atMost = (figure: string, limit: number, label: string): Goal => ({ figure, label, limit, isAtLeast: false });
export const atLeast = (figure: string, limit: number, label: string): Goal => ({ figure, label, limit, isAtLeast: true });

/** One part of the bench; to measure something more, write one and name it in parts.ts. */
export interface Part {
  /** As `--only` takes it. */
  name: string;
  goals: readonly Goal[];
  /** Measures on the running practice, ours and bare by turns. */
  measure(bench: Bench): Promise<Findings>;
}

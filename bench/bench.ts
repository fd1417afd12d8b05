import { BareEngine } from './bareEngine';
import type { BenchPractice } from './benchPractice';
import { startPractice } from './benchPractice';
import type { Endings } from './endings';
import { MovedFilings } from './movedFilings';
import type { Sizes } from './sizes';

/** What every part of the bench works with: the running practice, the bare engine beside it, and how much is measured. */
export interface Bench {
  practice: BenchPractice;
  bare: BareEngine;
  /** Filings that are moved, warmed up. */
  filings: MovedFilings;
  sizes: Sizes;
  endings: Endings;
  /** Tells what goes on; standard output is the report's. */
  say: (line: string) => void;
}

/** Starts everything that is measured; `chosen` are settings by name, in the place of their defaults. */
export async function startBench(
  sizes: Sizes,
  endings: Endings,
  chosen: Record<string, string>,
  say: (line: string) => void,
): Promise<Bench> {
  const practice = await startPractice(endings, chosen, say);
  const bare = await BareEngine.start(practice.temporal, practice.temporalAddress, endings);
  say('warming up …');
  const filings = await MovedFilings.open(practice, sizes.movedFilings);
  return { practice, bare, filings, sizes, endings, say };
}

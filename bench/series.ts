/** What was measured of many repetitions of one thing. */
export interface Series {
  milliseconds: number[];
  /** How long all of them took together. */
  seconds: number;
}

/** Does something so many times, so many at a time. */
export async function atOnce(width: number, count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
}

/** Does something so many times, so many at a time, and measures each and all. */
export async function measure(width: number, count: number, work: () => Promise<void>): Promise<Series> {
  const milliseconds: number[] = [];
  const startedAt = performance.now();
  await atOnce(width, count, async () => {
    const before = performance.now();
    await work();
    milliseconds.push(performance.now() - before);
  });
  return { milliseconds, seconds: (performance.now() - startedAt) / 1000 };
}

/** Series of the same thing as one. */
export function joined(series: readonly Series[]): Series {
  return {
    milliseconds: series.flatMap(({ milliseconds }) => milliseconds),
    seconds: series.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}

/** The value that a share (0 to 1) of the repetitions stayed within. */
export function percentile({ milliseconds }: Series, share: number): number {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function perSecond({ milliseconds, seconds }: Series): number {
  return milliseconds.length / seconds;
}

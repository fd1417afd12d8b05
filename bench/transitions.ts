import type { Bench } from './bench';
import { CpuClock } from './cpuClock';
import type { Findings } from './findings';
import { CROWD } from './movedFilings';
import type { Part } from './part';
import { atLeast, atMost } from './part';
import type { Series } from './series';
import { joined, measure, percentile, perSecond } from './series';

/** Moves of filings over HTTP, from the request to the answer with the committed row, beside updates of bare workflows. */
export const transitions: Part = {
  name: 'transitions',
  goals: [
    atMost('transitionP50', 2.5, 'transition, p50, times the bare update'),
    atLeast('transitionThroughput32', 0.35, 'transition, throughput 32 at a time, times the bare update'),
  ],
  measure: measureTransitions,
};

/** Moves filings over HTTP, and by turns sets variables of bare workflows, one at a time and 32 at a time. */
async function measureTransitions({ practice, filings, bare, sizes }: Bench): Promise<Findings> {
  const idle = await bare.startVariables(sizes.movedFilings);
  let value = 0;
  const update = async (): Promise<void> => {
    const set = idle.shift();
    if (!set) throw new Error('There are fewer bare workflows than callers');
    value += 1;
    await set(value);
    idle.push(set);
  };
  const move = (): Promise<void> => filings.move();
  // Until V8 has compiled what is hot: a practice's processes run for weeks.
  for (const work of [move, update]) await measure(CROWD, sizes.warmUpMoves, work);
  const [oursCpu, bareCpu] = [new CpuClock(practice.dataDir), new CpuClock(practice.dataDir)];
  const rounds: { ours: Series; bare: Series; oursCrowded: Series; bareCrowded: Series }[] = [];
  for (let round = 0; round < sizes.moveRounds; round += 1) {
    rounds.push({
      ours: await measure(1, sizes.singleMoves, move),
      bare: await measure(1, sizes.singleMoves, update),
      oursCrowded: await oursCpu.during(() => measure(CROWD, sizes.crowdedMoves, move)),
      bareCrowded: await bareCpu.during(() => measure(CROWD, sizes.crowdedMoves, update)),
    });
  }
  const ours = joined(rounds.map((round) => round.ours));
  const alone = joined(rounds.map((round) => round.bare));
  const oursCrowded = joined(rounds.map((round) => round.oursCrowded));
  const aloneCrowded = joined(rounds.map((round) => round.bareCrowded));
  return {
    figures: {
      transitionP50: percentile(ours, 0.5) / percentile(alone, 0.5),
      transitionP99: percentile(ours, 0.99) / percentile(alone, 0.99),
      transitionThroughput: perSecond(ours) / perSecond(alone),
      transitionP50At32: percentile(oursCrowded, 0.5) / percentile(aloneCrowded, 0.5),
      transitionP99At32: percentile(oursCrowded, 0.99) / percentile(aloneCrowded, 0.99),
      transitionThroughput32: perSecond(oursCrowded) / perSecond(aloneCrowded),
      transitionCpu: oursCpu.milliseconds / bareCpu.milliseconds,
    },
    lines: [
      `transition over HTTP, 1 at a time:  ${described(ours)}`,
      `bare executeUpdate,   1 at a time:  ${described(alone)}`,
      `transition over HTTP, ${CROWD} at a time: ${described(oursCrowded)}`,
      `bare executeUpdate,   ${CROWD} at a time: ${described(aloneCrowded)}`,
      `processor time of a transition:     ${oursCpu.perRun(oursCrowded.milliseconds.length)}`,
      `processor time of a bare update:    ${bareCpu.perRun(aloneCrowded.milliseconds.length)}`,
    ],
    violations: await filings.violations(),
  };
}

function described(series: Series): string {
  const [p50, p99] = [percentile(series, 0.5), percentile(series, 0.99)].map((value) => value.toFixed(1).padStart(6));
  return `p50 ${p50} ms, p99 ${p99} ms, ${perSecond(series).toFixed(0).padStart(4)}/s (${series.milliseconds.length} measured)`;
}

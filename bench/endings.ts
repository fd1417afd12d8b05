/** What has been started and must be ended, whatever happens: the last one first, each of them even where another failed. */
export class Endings {
  private readonly steps: (() => Promise<unknown>)[] = [];
  private ending: Promise<void> | undefined;

  get hasBegun(): boolean {
    return this.ending !== undefined;
  }

  add(step: () => Promise<unknown>): void {
    this.steps.push(step);
  }

  /** Ends everything, once, however often it is asked for. */
  run(): Promise<void> {
    this.ending ??= this.runSteps();
    return this.ending;
  }

  private async runSteps(): Promise<void> {
    for (const step of this.steps.toReversed()) {
      await step().catch((error: unknown) => console.error(`bench: could not be ended: ${String(error)}`));
    }
  }
}

/** Ends what globalSetup started: the servers end with their standard input. */
export default async function globalTeardown(): Promise<void> {
  const child = globalThis.testServers;
  if (!child || child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stdin?.end();
  await ended;
}

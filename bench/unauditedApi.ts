import { waitUntil } from '../embedded/runningProcess';
import { leaveOutAudit } from './leaveOutAudit';

const READY_MS = 55_000;

/** The API of the practice once more, without the audit; its parent is told when it answers. */
async function main(): Promise<void> {
  leaveOutAudit();
  await import('../api/main.js');
  const address = `http://127.0.0.1:${process.env['PORT']}/health/ready`;
  const isReady = await waitUntil(async () => (await fetch(address).catch(() => undefined))?.status === 200, READY_MS);
  if (!isReady) throw new Error('The API without the audit does not answer');
  process.send?.({ ready: true });
}

process.once('disconnect', () => process.exit(0));
main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});

import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { SERVERS_FILE, SERVERS_READY } from './servers';

declare global {
  var testServers: ChildProcess | undefined;
}

/** Starts the servers for all test files and waits until they are ready; they end when this process does. */
export default async function globalSetup(): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'startServers.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  globalThis.testServers = child;
  await new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const [, file] = text.split(SERVERS_READY);
      if (file === undefined) {
        process.stdout.write(text);
      } else {
        process.env[SERVERS_FILE] = file.trim();
        resolve();
      }
    });
    child.once('exit', () => reject(new Error('The test servers did not start: see the lines above')));
  });
}

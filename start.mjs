// The one file that runs before dependencies exist, so it is plain JavaScript and needs nothing but Node.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Numericalz needs Node 20.19 or later; this is ${process.versions.node}. Install a newer Node and try again.`);
  process.exit(1);
}
if (!isInstalled()) {
  console.log('Installing dependencies (npm install): a minute or so, the first time only …');
  const { status } = spawnSync('npm', ['install', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('The dependencies could not be installed: see the lines above, then run npm start again.');
    process.exit(1);
  }
}
const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'embedded', 'main.ts')], { cwd: root, stdio: 'inherit' });
// A terminal sends Ctrl-C to both, anything else to this process alone, which waits until everything has been stopped in order.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));

/** Whether node_modules holds what the lockfile asks for: npm leaves a copy of the lockfile there when it has finished. */
function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || present[path]?.version === version,
  );
}

import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';

/** Below the ports from which Linux and others make outgoing connections: none of these takes one between its choice and its use. */
const [FIRST_PORT, LAST_PORT] = [10_240, 32_767];

/** Says in one line which port is taken and which setting moves it. */
export class PortTakenError extends Error {}

/** Throws PortTakenError when somebody listens on a port already. */
export async function requireFreePort(port: number, setting: string): Promise<void> {
  const isFree = await canListen(port);
  if (!isFree) throw new PortTakenError(`Port ${port} is in use: stop what listens there, or set ${setting} to another port.`);
}

/** A port of this machine that nobody listens on, chosen at random, so that those who choose at the same time choose others. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST_PORT, LAST_PORT + 1);
    if (await canListen(port)) return port;
  }
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Whether something listens on a port of this machine. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 1000 });
    const finish = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
    socket.once('timeout', () => finish(false));
  });
}

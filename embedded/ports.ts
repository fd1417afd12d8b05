import { connect, createServer } from 'node:net';

/** Says in one line which port is taken and which setting moves it. */
export class PortTakenError extends Error {}

/** Throws PortTakenError when somebody listens on a port already. */
export async function requireFreePort(port: number, setting: string): Promise<void> {
  const isFree = await new Promise<boolean>((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
  if (!isFree) throw new PortTakenError(`Port ${port} is in use: stop what listens there, or set ${setting} to another port.`);
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

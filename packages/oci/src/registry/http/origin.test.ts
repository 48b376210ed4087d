import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Agent } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createContext } from '../../context/context.ts';
import { findOrigin } from './origin.ts';

/** Hangs up on a TLS hello, and answers anything else with these bytes, or not at all. */
async function hangingUp(answer: string | undefined): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    socket.once('data', ([first]) =>
      first === 0x16 || answer === undefined ? socket.destroy() : socket.end(answer),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function originOf(host: string): Promise<string> {
  const dispatcher = new Agent();
  onTestFinished(() => dispatcher.destroy());
  return findOrigin(host, [], dispatcher, createContext());
}

describe('who hangs up on TLS on loopback', () => {
  it.each(['200 OK', '401 Unauthorized', '503 Busy'])(
    'is spoken to without when that is answered: %s',
    async (status) => {
      const host = await hangingUp(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`);
      expect(await originOf(host)).toBe(`http://${host}`);
    },
  );

  it.each([
    ['nothing', undefined],
    ['something else', 'SSH-2.0-x\r\n'],
    ['that TLS is wanted', 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'],
  ])('cannot be reached when the answer is %s', async (_, answer) => {
    await expect(originOf(await hangingUp(answer))).rejects.toHaveProperty(
      'code',
      'CATA_REGISTRY_UNREACHABLE',
    );
  });
});

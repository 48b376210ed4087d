import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createContext } from '@catamaran/oci';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasTools, makeCertificate, startConnectProxy } from '../../testing/https-proxy.ts';
import { nativeRequest, nativeServices } from '../../testing/native-request.ts';
import { startServer } from '../../testing/start-server.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { writeFiles } from '../../testing/write-files.ts';
import { npmOptionsFrom, npmScriptEnvFrom } from '../npm/npm-options.ts';
import { fetchBinary } from './binary-source.ts';

/** Fetches with npm's configuration of a folder that has these lines in its .npmrc. */
async function fetchWith(url: string, npmrc: string, env: Readonly<Record<string, string>> = {}) {
  const folder = writeFiles(temporaryFolder(), { 'package.json': {}, '.npmrc': npmrc });
  const variables = { HOME: folder, ...env };
  const services = nativeServices({
    npmOptions: npmOptionsFrom(folder, variables),
    scriptEnv: npmScriptEnvFrom(folder, variables),
  });
  const bytes = await fetchBinary({ url, mirror: 'x' }, nativeRequest({}), services, createContext());
  return Buffer.from(bytes).toString();
}

describe('a binary', () => {
  it('is asked of the proxy that npm has, but for the hosts that it excepts', async () => {
    const asked: string[] = [];
    await using server = await startServer((_, response) => response.end('from the server'));
    await using proxy = await startServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('from the proxy');
    });
    const url = `${server.url}/a`;
    expect(await fetchWith(url, `proxy=${proxy.url}/\n`, { no_proxy: '' })).toBe('from the proxy');
    expect(await fetchWith(url, '', { http_proxy: proxy.url })).toBe('from the proxy');
    expect(await fetchWith(url, `proxy=${proxy.url}/\nnoproxy=127.0.0.1\n`)).toBe('from the server');
    expect(asked).toEqual([url, url]);
  });

  it.skipIf(!hasTools('openssl'))(
    'is fetched from whom npm believes, through a tunnel where it has one',
    async () => {
      const { cert, key, certFile } = makeCertificate('127.0.0.1');
      const server = createServer({ cert, key }, (_, response) => response.end('content'));
      server.listen(0, '127.0.0.1');
      onTestFinished(() => {
        server.closeAllConnections();
        server.close();
      });
      await once(server, 'listening');
      const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
      const url = `https://${host}/a`;
      await expect(fetchWith(url, '')).rejects.toMatchObject({ code: 'CATA_NATIVE_BINARY_UNAVAILABLE' });
      expect(await fetchWith(url, `cafile=${certFile}\n`)).toBe('content');
      expect(await fetchWith(url, 'strict-ssl=false\n')).toBe('content');
      const { address, asked } = await startConnectProxy({ routes: new Map([[host, host]]) });
      expect(await fetchWith(url, `cafile=${certFile}\nhttps-proxy=http://${address}/\n`)).toBe('content');
      expect(asked).toEqual([host]);
    },
  );
});

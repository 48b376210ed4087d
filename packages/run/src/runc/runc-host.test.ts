import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createContext, type Image } from '@catamaran/oci';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunOptions } from '../host.ts';
import type { Service } from '../service.ts';
import { leftovers } from '../testing/leftovers.ts';
import { nodeImage } from '../testing/node-image.ts';
import { untilLine } from '../testing/outcome.ts';
import { requireTools } from '../testing/require-tool.ts';
import { runOptions } from '../testing/run-options.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { ownPlatform } from '../testing/test-image.ts';
import { runcHost } from './runc-host.ts';

const run = promisify(execFile);

/** Answers every request with what it finds out about the container it is in. */
const server = `
  import { createServer } from 'node:http';
  import { readFileSync, writeFileSync } from 'node:fs';
  import { hostname, networkInterfaces } from 'node:os';

  const attempt = (work) => { try { work(); return 'ok'; } catch (error) { return error.code; } };
  createServer((request, response) => response.end(JSON.stringify({
    uid: process.getuid(), gid: process.getgid(), groups: process.getgroups(), pid: process.pid,
    hostname: hostname(), cwd: process.cwd(), greeting: process.env.GREETING, kept: process.env.KEPT,
    interfaces: Object.keys(networkInterfaces()),
    root: attempt(() => writeFileSync('/planted', '')), tmp: attempt(() => writeFileSync('/tmp/file', '')),
    sys: attempt(() => writeFileSync('/sys/kernel/mm/ksm/run', '0')),
    status: readFileSync('/proc/self/status', 'utf8'),
    constrainedMemory: process.constrainedMemory(),
  }))).listen(Number(process.env.PORT), 'localhost', () => console.log('listening'));
  console.error('starting');
  process.on('SIGTERM', () => process.exit(7));
`;

const options: RunOptions = { ...runOptions, env: { PORT: '8080', GREETING: 'from the options' } };

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, 'localhost');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  listener.close();
  await once(listener, 'close');
  return port;
}

async function get(service: Service, url = service.url): Promise<Record<string, unknown>> {
  const script = `process.stdout.write(await (await fetch('${url}')).text())`;
  const [command = '', ...args] = [
    ...service.enter,
    process.execPath,
    '--input-type=module',
    '--eval',
    script,
  ];
  return JSON.parse((await run(command, args)).stdout) as Record<string, unknown>;
}

describe.skipIf(!(await requireTools('runc', 'nsenter')))('runcHost', () => {
  let image: Image;
  beforeAll(async () => {
    image = await nodeImage(server, {
      Entrypoint: ['node'],
      Cmd: ['main.mjs'],
      User: '65532:65532',
      WorkingDir: '/srv',
      Env: ['GREETING=from the image', 'KEPT=yes'],
    });
  });

  it('runs an image as its config says, without privileges, and leaves nothing', async () => {
    const folder = temporaryFolder();
    const service = await runcHost({ folder }).start(image, options, createContext());
    try {
      await untilLine(service, 'listening');
      expect(service).toMatchObject({ emulated: false, url: 'http://127.0.0.1:8080' });
      expect(service.machine).toBe(ownPlatform().architecture);
      expect(service.logs()).toEqual(expect.arrayContaining(['starting', 'listening']));

      const inside = await get(service);
      expect(inside).toMatchObject({
        ...{ uid: 65532, gid: 65532, pid: 1, hostname: 'bookstore', cwd: '/srv' },
        ...{ greeting: 'from the options', kept: 'yes', root: 'EROFS', tmp: 'ok', sys: 'EROFS' },
        ...{ interfaces: ['lo'], constrainedMemory: 256 * 1024 * 1024 },
      });
      expect(inside.status).toMatch(/CapEff:\s+0{16}\nCapBnd:\s+0{16}/);
      expect(inside.status).toMatch(/NoNewPrivs:\s+1/);
    } finally {
      await service[Symbol.asyncDispose]();
    }
    // Its own handler has ended it: it was asked before it was forced.
    expect(await service.exited).toEqual({ code: 7, signal: undefined });
    await service[Symbol.asyncDispose]();
    expect(leftovers(folder)).toEqual([]);
  });

  it('keeps services apart that listen on the same port', async () => {
    const folder = temporaryFolder();
    const host = runcHost({ folder });
    await using one = await host.start(image, options, createContext());
    await using two = await host.start(image, { ...options, name: 'second' }, createContext());
    await Promise.all([untilLine(one, 'listening'), untilLine(two, 'listening')]);
    expect([(await get(one)).hostname, (await get(two)).hostname]).toEqual(['bookstore', 'second']);
    await expect(fetch(one.url)).rejects.toThrow();
  });

  it("can use the host's network", async () => {
    const folder = temporaryFolder();
    const port = await freePort();
    const shared: RunOptions = { ...options, network: 'host', port, env: { PORT: String(port) } };
    await using service = await runcHost({ folder }).start(image, shared, createContext());
    await untilLine(service, 'listening');
    expect(service.enter).toEqual([]);
    expect(await get(service)).toMatchObject({ hostname: 'bookstore', uid: 65532 });
  });

  it('keeps the root file system from other users of the machine, and mounts nothing where they see it', async () => {
    const folder = temporaryFolder();
    await using service = await runcHost({ folder }).start(image, options, createContext());
    expect(service.startedAtMs).toBeGreaterThan(0);
    const [bundle = ''] = readdirSync(folder);
    expect(statSync(join(folder, bundle)).mode & 0o777).toBe(0o700);
    expect(readFileSync('/proc/mounts', 'utf8')).not.toContain(folder);
  });
});

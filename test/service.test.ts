import { join } from 'node:path';
import {
  createContext,
  formatPlatform,
  hostPlatform,
  type Image,
  isImageIndex,
  layoutStore,
  parseReference,
} from '@catamaran/oci';
import { runcHost, type Service } from '@catamaran/run';
import { beforeAll, describe, expect, it } from 'vitest';
import { leftovers } from '../packages/run/src/testing/leftovers.ts';
import { requireTools } from '../packages/run/src/testing/require-tool.ts';
import { buildBookstore } from './support/build-bookstore.ts';
import { command } from './support/command.ts';
import { containedProcess } from './support/contained-process.ts';
import { processesInContainersOf } from './support/processes.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const key = 'a-key-that-only-tests-know';

/** What a client in the service's network does: waits until it is healthy, reads, and tries to write. */
const client = `
  const [base] = process.argv.slice(1);
  const json = async (path, options) => {
    const response = await fetch(base + path, options);
    return { status: response.status, body: await response.json() };
  };
  let health;
  for (const start = Date.now(); !health && Date.now() - start < 30_000; ) {
    health = await json('/healthz').catch(() => new Promise((done) => setTimeout(done, 50)));
  }
  const write = (headers) => {
    const all = { 'content-type': 'application/json', ...headers };
    return json('/api/categories', { method: 'POST', headers: all, body: '{"name": "Poetry"}' });
  };
  console.log(JSON.stringify({
    health,
    books: await json('/api/books'),
    write: await write({}),
    writeWithKey: await write({ 'x-api-key': '${key}' }),
  }));
`;

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

type Answers = Record<'health' | 'books' | 'write' | 'writeWithKey', Answer>;

async function talk({ enter, url }: Service): Promise<Answers> {
  const node = [process.execPath, '--input-type=module', '--eval', client, url];
  const [program = '', ...args] = [...enter, ...node];
  return JSON.parse(await command(program, ...args));
}

const platform = hostPlatform();
const tools = await requireTools('runc', 'nsenter');

describe.skipIf(!tools || !platform)("the bookstore's image under runc", { timeout: 180_000 }, () => {
  const folder = temporaryFolder();
  const bundles = join(folder, 'run');
  let image: Image;
  beforeAll(async () => {
    if (!platform) throw new Error('not skipped');
    const env = { XDG_CACHE_HOME: join(folder, 'cache') };
    await buildBookstore({ cwd: folder, env }, '--platform', formatPlatform(platform));
    const layout = layoutStore(join(folder, '.catamaran', 'layout'));
    const index = await layout.get(parseReference('bookstore'), createContext());
    if (!isImageIndex(index)) throw new Error('The build made no index.');
    image = await index.image(platform);
  }, 180_000);

  function start(env: Readonly<Record<string, string>>): Promise<Service & AsyncDisposable> {
    if (!platform) throw new Error('not skipped');
    const limits = { vcpu: 0.5, memoryMiB: 512 };
    const options = { name: 'bookstore', platform, limits, port: 3000, env, network: 'private' } as const;
    return runcHost({ folder: bundles }).start(image, options, createContext());
  }

  it('serves, as an ordinary user, from a root file system that cannot be written to', async () => {
    if (!platform) throw new Error('not skipped');
    const service = await start({ ADMIN_API_KEY: key });
    try {
      const { health, books, write, writeWithKey } = await talk(service);
      expect(health).toEqual({ status: 200, body: { status: 'ok', arch: platform.architecture } });
      expect(books).toMatchObject({ status: 200, body: { length: 30 } });
      expect(write).toMatchObject({ status: 401, body: { title: 'Unauthorized' } });
      expect(writeWithKey).toMatchObject({ status: 201, body: { name: 'Poetry' } });
      expect(service.logs()).toEqual([]);

      const { commandLine, ids, rootIsReadOnly } = containedProcess();
      expect(commandLine).toMatch(/^\/usr\/local\/bin\/node .*\/main\.mjs$/);
      expect({ ids, rootIsReadOnly }).toEqual({ ids: '65532', rootIsReadOnly: true });
    } finally {
      await service[Symbol.asyncDispose]();
    }
    // It was asked to end and did, and did not have to be killed.
    expect(await service.exited).toEqual({ code: 0, signal: undefined });
    expect(processesInContainersOf(process.pid)).toEqual([]);
    expect(leftovers(bundles)).toEqual([]);
  });

  it('lets everybody write where no key is set, and says so', async () => {
    await using service = await start({});
    expect((await talk(service)).write).toMatchObject({ status: 201, body: { name: 'Poetry' } });
    expect(service.logs()).toEqual([expect.stringContaining('ADMIN_API_KEY')]);
  });
});

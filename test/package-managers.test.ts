import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createContext, isImageIndex, layoutStore, parsePlatform, parseReference } from '@catamaran/oci';
import { runcHost } from '@catamaran/run';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  installManagers,
  type ManagerUnderTest,
  managerEnvironment,
} from '../packages/build/testing/package-managers.ts';
import { writeFiles } from '../packages/build/testing/write-files.ts';
import type { BuildDocument } from '../packages/cli/src/build/build-document.ts';
import { requireTools } from '../packages/run/src/testing/require-tool.ts';
import { command } from './support/command.ts';
import { runCatamaran } from './support/run-catamaran.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const run = promisify(execFile);
const tools = await requireTools('runc', 'nsenter');

interface Case {
  readonly manager: ManagerUnderTest;
  /** As a person would, at home. */
  readonly install: readonly string[];
  readonly files?: Readonly<Record<string, unknown>>;
  readonly range?: string;
  readonly platforms: readonly string[];
}

const cases: Readonly<Record<string, Case>> = {
  'pnpm, which links packages': {
    manager: 'pnpm12',
    install: ['pnpm', 'install', '--ignore-scripts'],
    files: { 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n' },
    platforms: ['linux/amd64', 'linux/arm64'],
  },
  'Yarn 1': {
    manager: 'yarn1',
    install: ['yarn', 'install', '--ignore-scripts'],
    range: '1.0.0',
    platforms: ['linux/amd64'],
  },
  'Yarn, with Plug’n’Play at home': {
    manager: 'yarn4',
    install: ['yarn', 'install', '--mode=skip-build'],
    files: { 'yarn.lock': '' },
    platforms: ['linux/amd64'],
  },
  'Bun, which links packages': {
    manager: 'bun',
    install: ['bun', 'install', '--ignore-scripts'],
    platforms: ['linux/amd64'],
  },
};

/** Answers with what each kind of dependency gives: native, nested, of another workspace. */
const main = `
  import { createServer } from 'node:http';
  import { hashSync, verifySync } from '@node-rs/argon2';
  import debug from 'debug';
  import ms from 'ms';
  import { greet } from '@shop/greeting';
  createServer((request, response) => {
    response.end(JSON.stringify({
      verified: verifySync(hashSync('secret'), 'secret'),
      nested: debug.humanize === ms ? 'one version of ms' : 'two versions of ms',
      greeting: greet('1'),
      arch: process.arch,
    }));
  }).listen(process.env.PORT);
`;

const sources = ({ files, range = 'workspace:*' }: Case) => ({
  'package.json': { name: 'shop', private: true, version: '1.0.0', workspaces: ['packages/*'] },
  'packages/api/package.json': {
    name: '@shop/api',
    version: '1.0.0',
    type: 'module',
    dependencies: { '@node-rs/argon2': '2.0.2', debug: '2.6.9', ms: '2.1.3', '@shop/greeting': range },
    devDependencies: { 'is-odd': '3.0.1' },
  },
  'packages/api/main.ts': main,
  'packages/api/catamaran.config.ts': `export default { name: 'api', app: { entry: 'main.ts' } };`,
  'packages/greeting/package.json': {
    name: '@shop/greeting',
    version: '1.0.0',
    type: 'module',
    main: 'index.ts',
    dependencies: { 'is-number': '7.0.0' },
  },
  'packages/greeting/index.ts': `import isNumber from 'is-number';
    export const greet = (name: string) => 'hello ' + (isNumber(name) ? 'number ' : '') + name;`,
  ...files,
});

const client = `
  for (const start = Date.now(); Date.now() - start < 60_000; ) {
    const response = await fetch(process.argv[1]).catch(() => undefined);
    if (response) {
      console.log(await response.text());
      break;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
`;

/** What the service in an image answers when it runs under runc, in its own network. */
async function answerOf(layout: string, platform: string, bundles: string): Promise<unknown> {
  const index = await layoutStore(layout).get(parseReference('api'), createContext());
  if (!isImageIndex(index)) throw new Error('The build made no index.');
  const parsed = parsePlatform(platform);
  const limits = { vcpu: 1, memoryMiB: 512 };
  const options = { name: 'api', platform: parsed, limits, port: 3000, env: {}, network: 'private' } as const;
  const image = await index.image(parsed);
  const service = await runcHost({ folder: bundles }).start(image, options, createContext());
  try {
    const node = [process.execPath, '--input-type=module', '--eval', client, service.url];
    const [program = '', ...args] = [...service.enter, ...node];
    return JSON.parse(await command(program, ...args));
  } finally {
    await service[Symbol.asyncDispose]();
  }
}

describe.skipIf(!tools)('a monorepo', { timeout: 180_000 }, () => {
  const folder = temporaryFolder();
  let pathOf: Awaited<ReturnType<typeof installManagers>>;
  beforeAll(async () => {
    pathOf = await installManagers();
  }, 180_000);

  it.each(Object.entries(cases))('of %s is built, checked and answers', async (name, one) => {
    const root = writeFiles(join(folder, name, 'shop'), sources(one));
    const env = await managerEnvironment(pathOf(one.manager), join(folder, name, 'home'));
    const [program = '', ...args] = one.install;
    await run(program, args, { cwd: root, env });
    // The base and Node.js are the same for all.
    const here = { ...env, XDG_CACHE_HOME: join(folder, 'cache') };
    const built = await runCatamaran(['build', join(root, 'packages/api'), '--json'], {
      cwd: join(folder, name),
      env: here,
    });
    expect(built.stderr).toContain('ELF files');
    const { platforms } = JSON.parse(built.stdout) as BuildDocument;
    const [amd64, arm64] = platforms.map(({ layers }) => layers.slice(-3).map(({ digest }) => digest));
    // Packages for every platform, native packages, the application.
    expect([arm64?.[0], arm64?.[2]]).toEqual([amd64?.[0], amd64?.[2]]);
    expect(arm64?.[1]).not.toBe(amd64?.[1]);
    for (const platform of one.platforms) {
      const layout = join(folder, name, '.catamaran', 'layout');
      expect(await answerOf(layout, platform, join(folder, name, 'run'))).toEqual({
        verified: true,
        nested: 'two versions of ms',
        greeting: 'hello number 1',
        arch: platform === 'linux/amd64' ? 'x64' : 'arm64',
      });
    }
  });
});

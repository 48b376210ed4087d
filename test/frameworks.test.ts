import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createContext,
  formatPlatform,
  isImageIndex,
  layoutStore,
  type Platform,
  parseReference,
} from '@catamaran/oci';
import { runcHost } from '@catamaran/run';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { requireTools } from '../packages/run/src/testing/require-tool.ts';
import { express } from './frameworks/express.ts';
import type { Framework } from './frameworks/framework.ts';
import { hono } from './frameworks/hono.ts';
import { installFramework } from './frameworks/install-framework.ts';
import { monorepo } from './frameworks/monorepo.ts';
import { nest } from './frameworks/nest.ts';
import { next } from './frameworks/next.ts';
import { prisma } from './frameworks/prisma.ts';
import { askService } from './support/ask-service.ts';
import { emulator, foreign, own } from './support/own-platform.ts';
import { runCatamaran } from './support/run-catamaran.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const tools = await requireTools('runc', 'nsenter', 'npm');
const canEmulate = await requireTools(emulator);

/** Both platforms answer where native code of the target's makes the answer. */
const onBoth = new Set([next.name, monorepo.name]);

describe.skipIf(!tools)('a service made with', { timeout: 180_000 }, () => {
  const folder = temporaryFolder();
  const frameworks: readonly Framework[] = [next, prisma, nest, hono, express, monorepo];
  const projects = new Map<string, Promise<string>>();
  beforeAll(() => {
    // npm waits for the network and the disk, so the next one is installed while one is built; one at a time.
    let before: Promise<unknown> = Promise.resolve();
    for (const framework of frameworks) {
      const installed = before.then(() => installFramework(framework, folder));
      before = installed.catch(() => {});
      projects.set(framework.name, installed);
    }
  });

  async function answerOn(platform: Platform, { name, config, request }: Framework): Promise<string> {
    const index = await layoutStore(join(folder, '.catamaran', 'layout')).get(
      parseReference(name),
      createContext(),
    );
    if (!isImageIndex(index)) throw new Error('The build made no index.');
    const { port } = config as { readonly port: number };
    const options = {
      name,
      platform,
      limits: { vcpu: 2, memoryMiB: 1024 },
      port,
      env: {},
      network: 'private',
    } as const;
    await using service = await runcHost({ folder: join(folder, 'run') }).start(
      await index.image(platform),
      options,
      createContext(),
    );
    const { status, body } = await askService(service, request.path, 90);
    return `${status} ${body}`;
  }

  const answerFor = ({ architecture }: Platform, { request }: Framework) =>
    `200 ${request.answer.replace('{arch}', architecture === 'amd64' ? 'x64' : 'arm64')}`;

  it.each(frameworks)('$name is built for both platforms and answers', async (framework) => {
    const env = {
      XDG_CACHE_HOME: join(folder, 'cache'),
      NEXT_TELEMETRY_DISABLED: '1',
      CHECKPOINT_DISABLE: '1',
    };
    const project = await projects.get(framework.name);
    // Hundreds of megabytes of small files, each: all of them at the end would take too long.
    onTestFinished(() => rm(join(folder, framework.name), { recursive: true, force: true }));
    const built = await runCatamaran(['build', project ?? ''], { cwd: folder, env });
    expect(built, built.stderr).toMatchObject({ exitCode: 0 });
    expect(await answerOn(own, framework)).toBe(answerFor(own, framework));
    for (const platform of onBoth.has(framework.name) && canEmulate ? foreign : [])
      expect(await answerOn(platform, framework), formatPlatform(platform)).toBe(
        answerFor(platform, framework),
      );
  });
});

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createContext, type Event } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { leftovers } from '../testing/leftovers.ts';
import { nodeImage } from '../testing/node-image.ts';
import { untilLine } from '../testing/outcome.ts';
import { requireTools } from '../testing/require-tool.ts';
import { runOptions } from '../testing/run-options.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { runcHost } from './runc-host.ts';

/** Waits for the bundle's config, right after which runc is started. */
async function untilBundle(folder: string): Promise<void> {
  while (!readdirSync(folder).some((name) => existsSync(join(folder, name, 'config.json')))) await delay(1);
}

describe.skipIf(!(await requireTools('runc')))('disposing of a service', () => {
  it('kills a service that ignores SIGTERM', async () => {
    const folder = temporaryFolder();
    const deaf = await nodeImage(
      'process.on("SIGTERM", () => console.log("no")); setInterval(() => {}, 1000); console.log("up");',
    );
    const service = await runcHost({ folder }).start(deaf, runOptions, createContext());
    await untilLine(service, 'up');
    await Promise.all([service[Symbol.asyncDispose](), service[Symbol.asyncDispose]()]);
    expect(await service.exited).toEqual({ code: undefined, signal: 'SIGKILL' });
    expect(service.logs()).toContain('no');
    expect(leftovers(folder)).toEqual([]);
  });

  it('asks with the signal that the image names', async () => {
    const folder = temporaryFolder();
    const listening = await nodeImage(
      'process.on("SIGTERM", () => process.exit(1)); process.on("SIGQUIT", () => process.exit(3)); setInterval(() => {}, 1000); console.log("up");',
      { StopSignal: 'SIGQUIT' },
    );
    const service = await runcHost({ folder }).start(listening, runOptions, createContext());
    await untilLine(service, 'up');
    await service[Symbol.asyncDispose]();
    expect(await service.exited).toEqual({ code: 3, signal: undefined });
  });

  it('works after an abort, too', async () => {
    const folder = temporaryFolder();
    const stop = new AbortController();
    const polite = await nodeImage(
      'process.on("SIGTERM", () => process.exit(3)); console.log("up"); setInterval(() => {}, 1000)',
    );
    const service = await runcHost({ folder }).start(
      polite,
      runOptions,
      createContext({ signal: stop.signal }),
    );
    await untilLine(service, 'up');
    stop.abort();
    await service[Symbol.asyncDispose]();
    expect(await service.exited).toEqual({ code: 3, signal: undefined });
    expect(leftovers(folder)).toEqual([]);
  });

  it.each([0, 5, 15, 30, 60, 90])(
    'happens by itself on an abort %i ms after runc was started',
    async (afterMs) => {
      const folder = temporaryFolder();
      const stop = new AbortController();
      const emit = (event: Event) => {
        if (event.type !== 'step.finished') return;
        void untilBundle(folder).then(() => setTimeout(() => stop.abort(new Error('enough')), afterMs));
      };
      const image = await nodeImage('setInterval(() => {}, 1000)');
      const ctx = createContext({ signal: stop.signal, emit });
      await expect(runcHost({ folder }).start(image, runOptions, ctx)).rejects.toThrow('enough');
      expect(leftovers(folder)).toEqual([]);
    },
  );

  it('happens by itself on an abort while the image is unpacked', async () => {
    const folder = temporaryFolder();
    const stop = new AbortController();
    const emit = (event: Event) => {
      if (event.type === 'step.started') setTimeout(() => stop.abort(new Error('enough')), 30);
    };
    const ctx = createContext({ signal: stop.signal, emit });
    const start = runcHost({ folder }).start(await nodeImage(''), runOptions, ctx);
    await expect(start).rejects.toThrow('enough');
    expect(leftovers(folder)).toEqual([]);
  });
});

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createContext } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { leftovers } from '../testing/leftovers.ts';
import { requireTools } from '../testing/require-tool.ts';
import { runOptions } from '../testing/run-options.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { imageOf } from '../testing/test-image.ts';
import { runcHost } from './runc-host.ts';

/** A start that goes no further than the sweep before it: the image has no layers. */
async function startNothing(folder: string): Promise<void> {
  const start = runcHost({ folder }).start(await imageOf([]), runOptions, createContext());
  await expect(start).rejects.toMatchObject({ code: 'CATA_ENTRYPOINT_EMPTY' });
}

describe.skipIf(!(await requireTools('runc')))('sweepBundles', () => {
  it('ends the container of a process that was killed', async () => {
    const folder = temporaryFolder();
    const script = fileURLToPath(new URL('../testing/start-and-wait.ts', import.meta.url));
    const child = spawn(process.execPath, ['--conditions=source', script, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [containerPid] = (await once(child.stdout, 'data')).map(Number);
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(existsSync(`/proc/${containerPid}`)).toBe(true);

    await startNothing(folder);
    while (leftovers(folder, child.pid).length > 0) await delay(10);
    expect(existsSync(`/proc/${containerPid}`)).toBe(false);
  });

  it('sweeps up what a killed process has left, and nothing else', async () => {
    const folder = temporaryFolder();
    const dead = spawnSync('true').pid;
    mkdirSync(join(folder, `${dead}-0123456789ab`, 'rootfs'), { recursive: true });
    mkdirSync(join(folder, `${process.pid}-0123456789ab`));
    mkdirSync(join(folder, 'not-a-bundle'));
    writeFileSync(join(folder, 'file'), '');
    await startNothing(folder);
    expect(readdirSync(folder).sort()).toEqual(
      [`${process.pid}-0123456789ab`, 'file', 'not-a-bundle'].sort(),
    );
  });
});

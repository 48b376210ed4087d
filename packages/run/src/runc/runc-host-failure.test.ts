import { readFileSync } from 'node:fs';
import { createContext, type ExecutionConfig, file, type Layer } from '@catamaran/oci';
import { beforeAll, describe, expect, it } from 'vitest';
import { leftovers } from '../testing/leftovers.ts';
import { nodeLayer } from '../testing/node-layer.ts';
import { outcome } from '../testing/outcome.ts';
import { requireTools } from '../testing/require-tool.ts';
import { runOptions } from '../testing/run-options.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { imageOf, layerOf } from '../testing/test-image.ts';
import { runcHost } from './runc-host.ts';

describe.skipIf(!(await requireTools('runc')))('runcHost, when something is wrong', () => {
  let runtime: Layer;
  beforeAll(async () => {
    runtime = await nodeLayer();
  });

  it('quotes the last words of a service that ends at once', async () => {
    const folder = temporaryFolder();
    // A header and nothing behind it: the kernel refuses it, with no time spent on anything else.
    const broken = file('broken', readFileSync(process.execPath).subarray(0, 64), 0o755);
    const image = await imageOf([await layerOf(broken)], { Entrypoint: ['/broken'] });
    await expect(runcHost({ folder }).start(image, runOptions, createContext())).rejects.toMatchObject({
      code: 'CATA_SERVICE_ENDED_AT_ONCE',
      message: expect.stringMatching(/"bookstore" on linux\/.*exit code 1\.[\s\S]*exec format error/),
    });
    expect(leftovers(folder)).toEqual([]);
  });

  it('tells how a service has ended that cannot start', async () => {
    const folder = temporaryFolder();
    const image = await imageOf([runtime], { Entrypoint: ['node', '--no-such-option'] });
    const words = await outcome(runcHost({ folder }).start(image, runOptions, createContext()));
    expect(words).toMatch(/exit code 9[\s\S]*bad option: --no-such-option/);
    expect(leftovers(folder)).toEqual([]);
  });

  it.each<[string, string, ExecutionConfig, string]>([
    ['the command is not in the image', 'CATA_ENTRYPOINT_MISSING', { Entrypoint: ['python3'] }, '"python3"'],
    ['there is no command', 'CATA_ENTRYPOINT_EMPTY', {}, '"bookstore"'],
    ['the command is no executable', 'CATA_ENTRYPOINT_UNKNOWN', { Entrypoint: ['/junk'] }, '"junk"'],
    ['the user is unknown', 'CATA_USER_UNKNOWN', { Entrypoint: ['node'], User: 'book' }, '"book"'],
    [
      'runc refuses, in its own words',
      'CATA_RUNC_FAILED',
      { Entrypoint: ['node'], WorkingDir: '/bin/node' },
      'not a directory',
    ],
  ])('says that %s', async (_, code, execution, words) => {
    const folder = temporaryFolder();
    const image = await imageOf([runtime, await layerOf(file('junk', 'junk', 0o755))], execution);
    const start = runcHost({ folder }).start(image, runOptions, createContext());
    await expect(start).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
    expect(leftovers(folder)).toEqual([]);
  });

  it('says what to install', async () => {
    const folder = temporaryFolder();
    const image = await imageOf([runtime], { Entrypoint: ['node'] });
    const host = runcHost({ folder, searchPath: folder });
    await expect(host.start(image, runOptions, createContext())).rejects.toMatchObject({
      code: 'CATA_RUNC_MISSING',
      hint: expect.stringContaining('apt-get install runc'),
    });
    expect(leftovers(folder)).toEqual([]);
  });
});

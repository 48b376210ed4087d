import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isInPath } from '../../packages/oci/src/testing/tools.ts';
import { startRegistry } from '../../test/support/docker-registry.ts';
import type { Measured } from '../support/measure.ts';
import { foreign } from './platforms.ts';
import type { Workshop } from './workshop.ts';

export const containerifyVersion = '4.1.0';

/** containerify from npm; its base is in a registry on loopback. */
export interface Containerify extends AsyncDisposable {
  /** Makes an image of a folder with installed packages. */
  build(folder: string): Promise<Measured>;
}

/** @returns why not, where it cannot run */
export async function startContainerify(workshop: Workshop): Promise<Containerify | string> {
  if (!isInPath('docker-registry')) return 'docker-registry is not installed';
  const { bench, baseImages, otherCache } = workshop;
  const folder = join(bench.folder, 'containerify');
  const [tool, registryFolder] = [join(folder, 'tool'), join(folder, 'registry')];
  await mkdir(registryFolder, { recursive: true });
  await bench.run('npm', ['install', '--prefix', tool, `containerify@${containerifyVersion}`]);
  await using stack = new AsyncDisposableStack();
  const { address } = stack.use(await startRegistry(registryFolder));
  const copy = ['copy', baseImages.location, `${address}/node:bench`];
  await bench.catamaran(copy, { cacheFolder: otherCache });
  const running = stack.move();
  return {
    build: (image) =>
      bench.run(process.execPath, [
        join(tool, 'node_modules', '.bin', 'containerify'),
        ...['--fromRegistry', `http://${address}/v2/`, '--fromImage', 'node:bench'],
        ...['--platform', `linux/${foreign}`, '--folder', image, '--toImage', 'short-links:bench'],
        ...['--toOciLayout', join(folder, 'image.tar'), '--layerCacheFolder', join(folder, 'base-layers')],
        ...['--entrypoint', 'node --enable-source-maps dist/main.js'],
      ]),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

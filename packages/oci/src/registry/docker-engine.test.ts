import { describe, expect, it } from 'vitest';
import { createContext } from '../context/context.ts';
import { collectBytes } from '../layer/byte-stream.ts';
import { digestOf } from '../model/digest.ts';
import { mediaTypes } from '../model/media-types.ts';
import { hostPlatform } from '../model/platform.ts';
import { parseReference } from '../model/reference.ts';
import { startedDockerEngine } from '../testing/docker-engine/started-docker-engine.ts';
import { startedDockerRegistry } from '../testing/docker-registry/started-docker-registry.ts';
import { greeting, helloIndex } from '../testing/hello-index.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { hasTools } from '../testing/tools.ts';
import { registryStore } from './registry-store.ts';

const platform = hostPlatform();

describe.skipIf(!hasTools('docker-registry') || !platform)('Docker', () => {
  it('runs what Catamaran pushed, and what it pushes is pulled', async ({ skip }) => {
    const engine = await startedDockerEngine(temporaryFolder());
    if (typeof engine === 'string') return skip(engine);
    const registry = await startedDockerRegistry('nothing');
    const ctx = createContext();
    await using store = registryStore(registry.optionsFor());
    const [ours, theirs] = [`${registry.address}/hello:1`, `${registry.address}/docker:1`];
    await store.put(parseReference(ours), await helloIndex(), ctx);
    expect(await engine.docker('run', '--rm', '--network', 'none', ours)).toBe(greeting);
    await engine.docker('tag', ours, theirs);
    await engine.docker('push', '--quiet', theirs);
    const pulled = await store.get(parseReference(theirs), ctx);
    expect((await pulled.manifest()).value.mediaType).toBe(mediaTypes.dockerManifest);
    if ('child' in pulled) return expect.fail('an index');
    for (const layer of await pulled.layers()) {
      expect(digestOf(await collectBytes(layer.uncompressed()))).toBe(await layer.diffId());
    }
  }, 60_000);
});

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkImage } from '@catamaran/check';
import { createContext, formatPlatform, type Image, type Platform, platforms } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { debianBase } from '../packages/build/src/bases/debian/debian-base.ts';
import { debianOptions } from '../packages/build/src/bases/debian/debian-options.ts';
import { lockFile } from '../packages/build/src/bases/lock/lock-file.ts';
import { openCache } from '../packages/build/src/cache/cache.ts';
import { noInputs } from '../packages/build/src/inputs/input-log.ts';
import { debianBaseSchema } from '../packages/build/src/project/debian-base-schema.ts';
import { hasReadelf } from '../packages/check/src/testing/readelf.ts';
import { requireTools } from '../packages/run/src/testing/require-tool.ts';
import { compareWithReadelf } from './support/compare-with-readelf.ts';
import { elfRules } from './support/elf-corpus/elf-rules.ts';
import { memoryCheckCache } from './support/memory-check-cache.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { unpackLayers } from './support/unpack-layers.ts';

/** Programs, libraries, plugins that nobody names, and a loader of each C library. */
const packages = [
  ...['base-files', 'bash', 'ca-certificates', 'coreutils', 'curl', 'libc-bin', 'libc6', 'libgcc-s1'],
  ...['libpam-modules', 'libstdc++6', 'openssl', 'perl-base', 'util-linux'],
];

const tools = await requireTools('tar');

describe.skipIf(!tools || !hasReadelf())('a Debian base', { timeout: 240_000 }, () => {
  const folder = temporaryFolder();
  const options = debianOptions(debianBaseSchema.parse({ packages }), folder, 0);
  const services = { cache: openCache(join(folder, 'cache')), inputs: noInputs };
  const ctx = createContext();
  const base = debianBase(options, { ...services, lock: lockFile(folder, noInputs) });
  const images = new Map<Platform, Promise<Image>>();
  const imageFor = (platform: Platform) => {
    const image = images.get(platform) ?? base.resolve(platform, ctx);
    images.set(platform, image);
    return image;
  };

  it.each(platforms.map((platform) => [formatPlatform(platform), platform] as const))(
    'for %s has ELF files of which readelf says the same, in every field',
    async (name, platform) => {
      const unpacked = join(folder, 'unpacked', name);
      mkdirSync(unpacked, { recursive: true });
      await unpackLayers(await imageFor(platform), unpacked, () => true);
      const compared = await compareWithReadelf(unpacked);
      expect(compared.different).toEqual([]);
      expect(compared.files).toBeGreaterThan(500);
    },
  );

  it.each(platforms.map((platform) => [formatPlatform(platform), platform] as const))(
    'for %s has all that its files need',
    async (_, platform) => {
      const report = await checkImage(await imageFor(platform), platform, memoryCheckCache(), ctx);
      expect(report.elfFiles).toBeGreaterThan(500);
      const about = report.findings.filter(({ rule }) => elfRules.has(rule));
      expect(about).toEqual([]);
    },
  );
});

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Bytes of the image's files, and most that the process may take for them. */
const imageBytes = 1024 ** 3;
const wantedPeakBytes = 320e6;

/** A program, a library and a text of hundreds of megabytes each, then a small one that does not fit. */
const program = `
import { blobLayer, createContext, digestOf, mediaTypes, parsePlatform, streamTarEntries, endOfTar } from '@catamaran/oci';
import { checkImage } from '${join(import.meta.dirname, 'check-image.ts')}';
import { elfBytes } from '${join(import.meta.dirname, 'testing/elf-bytes.ts')}';
import { imageOf } from '${join(import.meta.dirname, 'testing/memory-image.ts')}';
import { noCache } from '${join(import.meta.dirname, 'testing/no-cache.ts')}';

const piece = Buffer.alloc(256 * 1024, 'x');
const large = (path, first, sizeBytes) => ({
  type: 'file', path, mode: 0o755, sizeBytes,
  content: async function* () {
    yield first;
    for (let left = sizeBytes - first.byteLength; left > 0; left -= piece.byteLength) yield Buffer.from(piece.subarray(0, left));
  },
});
const third = Math.floor(${imageBytes} / 3);
const entries = [
  large('bin/large', elfBytes({}), third),
  large('lib/large.so', elfBytes({ needed: ['libmissing.so'] }), third),
  large('srv/large.json', Buffer.from('{'), third),
  { type: 'file', path: 'srv/other.node', mode: 0o644, content: elfBytes({ machine: 183 }) },
];
async function* tar() {
  yield* streamTarEntries(entries, 0);
  yield endOfTar;
}
const { createHash } = await import('node:crypto');
const hash = createHash('sha256');
let size = 0;
for await (const chunk of tar()) { hash.update(chunk); size += chunk.byteLength; }
const digest = 'sha256:' + hash.digest('hex');
const layer = blobLayer({ descriptor: { mediaType: mediaTypes.layerTar, digest, size }, diffId: digest, open: tar });
const platform = parsePlatform('linux/amd64');
const { findings } = await checkImage(await imageOf(platform, layer), platform, noCache, createContext());
console.log(JSON.stringify({
  size,
  found: findings.map(({ rule, path }) => rule + ' ' + path),
  peakBytes: process.resourceUsage().maxRSS * 1024,
}));
`;

it('an image of a gigabyte is checked in bounded memory', () => {
  const flags = ['--max-old-space-size=64', '--conditions=source', '--input-type=module', '-e', program];
  const output = execFileSync(process.execPath, flags, { cwd: import.meta.dirname, encoding: 'utf8' });
  const { size, found, peakBytes } = JSON.parse(output);
  expect(size).toBeGreaterThan(imageBytes);
  expect(found).toEqual(['needed /lib/large.so', 'machine /srv/other.node']);
  expect(peakBytes).toBeLessThan(wantedPeakBytes);
}, 120_000);

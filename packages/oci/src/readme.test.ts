import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { startMemoryRegistry } from './registry-memory/index.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const packageFolder = join(import.meta.dirname, '..');
const run = promisify(execFile);

it('the five examples in the README print what they say that they print', async () => {
  const readme = readFileSync(join(packageFolder, 'README.md'), 'utf8');
  const examples = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);
  expect(examples).toHaveLength(5);
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'node_modules/@catamaran'), { recursive: true });
  symlinkSync(packageFolder, join(folder, 'node_modules/@catamaran/oci'));
  await using registry = await startMemoryRegistry();

  // Each goes on from what the ones before it have made.
  for (const [index, code] of examples.entries()) {
    const path = join(folder, `example-${index + 1}.mts`);
    writeFileSync(path, code.replaceAll('localhost:5000', registry.address));
    const options = { cwd: folder, timeout: 20_000, env: { PATH: process.env.PATH, HOME: folder } };
    const { stdout } = await run(process.execPath, ['--conditions=source', path], options);
    const [, promised] = /\/\/ ([^\n]*)\n$/.exec(code) ?? [];
    expect(stdout.trim().replaceAll('\n', ' ')).toBe(promised);
  }
  expect(registry.verify()).toEqual([]);
});

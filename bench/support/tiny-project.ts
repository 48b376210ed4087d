import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from './bench.ts';

/** Writes a project without any package. @param config more of its configuration @returns its folder */
export async function tinyProject(bench: Bench, name: string, config: object = {}): Promise<string> {
  const folder = join(bench.folder, name);
  await mkdir(folder);
  const manifest = { name, version: '1.0.0' };
  const files = {
    'package.json': JSON.stringify(manifest),
    'package-lock.json': JSON.stringify({ ...manifest, lockfileVersion: 3, packages: { '': manifest } }),
    'main.js': `console.log('${name}');\n`,
    'catamaran.config.ts': `export default ${JSON.stringify({ name, app: { entry: 'main.js' }, ...config })};\n`,
  };
  for (const [path, content] of Object.entries(files)) await writeFile(join(folder, path), content);
  return folder;
}

import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Framework } from './framework.ts';

/** Writes a project into a folder of its own and installs its packages with npm. @returns the folder of its configuration */
export async function installFramework(
  { name, files, folder = '.', config }: Framework,
  within: string,
): Promise<string> {
  const root = join(within, name);
  const configText = `export default ${JSON.stringify({ name, ...config })};\n`;
  for (const [path, content] of Object.entries({
    ...files,
    [join(folder, 'catamaran.config.ts')]: configText,
  })) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  // No scripts: what some of them would fetch is not needed, nor is it for the target.
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  await promisify(execFile)('npm', args, { cwd: root, maxBuffer: 16 * 1024 * 1024 });
  return join(root, folder);
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildIndex, loadProject, noInputs, openCache, projectParts } from '@catamaran/build';
import { createContext, type Image, type Platform } from '@catamaran/oci';
import { checkIndex, requireNoErrors } from '../../packages/cli/src/check/check-index.ts';
import { type NativePackage, workspaceOf } from './native-packages.ts';

export interface NativeSurroundings {
  /** The folder of the workspaces. */
  readonly root: string;
  readonly cacheFolder: string;
  /** The address of a server that has nothing. */
  readonly mirror: string;
}

/** Builds and checks the workspace of a package for one platform, as `catamaran build` does. */
export async function buildNativePackage(
  one: NativePackage,
  platform: Platform,
  { root, cacheFolder, mirror }: NativeSurroundings,
): Promise<Image> {
  const folder = join(root, 'packages', workspaceOf(one));
  writeProject(folder, one);
  return buildChecked(folder, platform, cacheFolder, one.mirror ? { [one.mirror]: mirror } : {});
}

/** Builds a project for one platform and checks what was built. */
export async function buildChecked(
  folder: string,
  platform: Platform,
  cacheFolder: string,
  variables: Readonly<Record<string, string>>,
): Promise<Image> {
  const ctx = createContext();
  const cache = openCache(cacheFolder);
  const project = await loadProject(folder, { platforms: [platform] });
  const registry = () => Promise.reject(new Error('No registry is needed.'));
  const env = { ...process.env, ...variables };
  await using parts = await projectParts(project, { cache, env, inputs: noInputs, registry });
  const index = await buildIndex(project, parts, ctx);
  requireNoErrors(project.name, await checkIndex(index, cache, ctx));
  return index.image(platform);
}

/** Uses the package, and says so. Some start threads that would keep the process running. */
export const program = (load: string) => `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
${load}
console.log('loaded');
process.exit(0);
`;

function writeProject(folder: string, { load = '', native, name }: NativePackage): void {
  const app = { entry: 'main.mjs', files: ['main.mjs'], ...(native ? { native: { [name]: native } } : {}) };
  const config = { name: 'native', node: '24.21.0', app };
  writeFileSync(join(folder, 'catamaran.config.ts'), `export default ${JSON.stringify(config)};\n`);
  writeFileSync(join(folder, 'main.mjs'), program(load));
}

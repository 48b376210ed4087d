import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Context, createContext } from '@catamaran/oci';
import type { DependencySource } from '../src/dependencies/dependency-source.ts';
import { resolveImport } from '../src/dependencies/resolve-import.ts';
import { type InputLog, noInputs } from '../src/inputs/input-log.ts';
import type { LockedPackage } from '../src/npm/locked-package.ts';
import { productionClosure } from '../src/npm/production-closure.ts';
import type { Project } from '../src/project/project.ts';
import type { Application } from '../src/source/application.ts';
import { bundleWithAssets } from '../src/source/bundle/bundle-with-assets.ts';
import { lockfileOf } from './lockfile-of.ts';
import { nodeProject } from './node-project.ts';
import { targetOf } from './target-of.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { writeFiles } from './write-files.ts';

const packages: Readonly<Record<string, LockedPackage>> = {
  'apps/shop': { dependencies: { dep: '1', '@s/dep': '1', lib: '*' }, devDependencies: { tool: '1' } },
  'libs/lib': { dependencies: { dep: '1', other: '1' } },
  'node_modules/dep': {},
  'node_modules/@s/dep': {},
  'node_modules/other': {},
  'node_modules/tool': {},
  'node_modules/lib': { link: true, resolved: 'libs/lib' },
};
const lib = { name: 'lib', type: 'module', exports: { source: './lib.ts', default: './dist.js' } };

export interface BundleFixture {
  readonly files: Readonly<Record<string, unknown>>;
  readonly locked?: typeof packages;
  readonly app?: Parameters<typeof nodeProject>[1];
  /** What package.json of apps/shop says besides its name. */
  readonly manifest?: object;
  readonly inputs?: InputLog;
  readonly ctx?: Context;
}

export interface BundleProject {
  readonly root: string;
  readonly project: Project;
  readonly dependencies: DependencySource;
}

/** apps/shop of a workspace in which every dependency is installed, so that esbuild could bundle it. */
export function bundleProject({
  files,
  locked = {},
  app = {},
  manifest = { type: 'module' },
}: BundleFixture): BundleProject {
  const root = writeFiles(temporaryFolder(), {
    'apps/shop/package.json': { name: 'shop', ...manifest },
    'libs/lib/package.json': lib,
    'libs/lib/lib.ts': `export const fromLib: string = 'the library';`,
    ...files,
  });
  const all = { ...packages, ...locked };
  for (const [location, { link }] of Object.entries(all)) {
    if (!location.includes('node_modules/') || link) continue;
    const index = `export default 'inside ${location}';`;
    writeFiles(root, { [`${location}/package.json`]: { type: 'module' }, [`${location}/index.js`]: index });
  }
  symlinkSync('../libs/lib', join(root, 'node_modules/lib'));
  const lockfile = lockfileOf(all, 'apps/shop', root);
  const { packages: locations } = productionClosure(lockfile, targetOf('linux/amd64'));
  const dependencies: DependencySource = {
    root,
    workspace: 'apps/shop',
    layers: async () => [],
    packages: async () => [],
    resolveImport: (importer, name) =>
      resolveImport(lockfile, new Set(locations.keys()), app.external ?? [], importer, name),
  };
  return { root, project: nodeProject(join(root, 'apps/shop'), app), dependencies };
}

export function bundle(fixture: BundleFixture): Promise<Application> {
  const { project, dependencies } = bundleProject(fixture);
  const { inputs = noInputs, ctx = createContext() } = fixture;
  return bundleWithAssets(project, dependencies, inputs, ctx);
}

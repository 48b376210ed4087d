import { join, posix } from 'node:path';
import { olderVersion } from '../../target/older-version.ts';
import { npmCpu } from '../../target/target.ts';
import { findTool, type Tool } from './find-tool.ts';
import { readLocalPackages } from './local-packages.ts';
import type { ManifestReader } from './manifest-reader.ts';
import type { PackageManager } from './package-manager.ts';
import { parseYaml } from './parse-yaml.ts';
import { runManager } from './run-manager.ts';
import { editManifest, type Stage } from './stage.ts';

/** https://pnpm.io/settings: what an install for another platform depends on. */
interface PnpmSettings {
  readonly patchedDependencies?: Readonly<Record<string, unknown>>;
  readonly pnpmfile?: unknown;
}

export const pnpm: PackageManager = {
  title: 'pnpm',
  command: 'pnpm',
  isCorepacks: true,
  install: '"npm install --global pnpm", or "corepack enable" and "corepack install"',
  usual: 'pnpm install --frozen-lockfile',
  isForAllPlatforms: false,
  hasMore: false,

  async workspaces({ path }, read) {
    const text = (await read.text(posix.basename(path))) ?? '';
    return importersOf(text).filter((folder) => folder !== '.');
  },

  async readSettings(workspace, read) {
    for (const name of ['.npmrc', '.pnpmfile.cjs', '.pnpmfile.mjs']) await read.text(name);
    await read.text(posix.join(workspace, '.npmrc'));
    const manifest = await read.manifest('');
    for (const settings of [manifest?.pnpm, await workspaceSettings(read)]) {
      const { patchedDependencies = {}, pnpmfile } = (settings ?? {}) as PnpmSettings;
      for (const path of [...Object.values(patchedDependencies), pnpmfile]) {
        if (typeof path === 'string') await read.text(path);
      }
    }
    await readLocalPackages(read);
  },

  async installInto(stage, ctx) {
    const tool = await findTool(pnpm, stage, { from: '9.0.0' }, ctx);
    await runManager(pnpm, [...tool.command, 'install', ...(await flags(stage, tool))], stage, ctx);
  },
};

/** The keys of `importers`: pnpm writes each in a line of its own. */
function importersOf(text: string): string[] {
  const folders: string[] = [];
  let isInside = false;
  for (const line of text.split('\n')) {
    if (/^\S/.test(line)) isInside = line.trim() === 'importers:';
    const key = isInside ? /^ {2}(\S.*?):(?: \{\})?\s*$/.exec(line)?.[1] : undefined;
    if (key) folders.push(key.replace(/^'(.*)'$/, '$1').replaceAll("''", "'"));
  }
  return folders;
}

async function workspaceSettings(read: ManifestReader): Promise<PnpmSettings> {
  const name = 'pnpm-workspace.yaml';
  return parseYaml((await read.text(name)) ?? '', join(read.root, name));
}

async function flags(stage: Stage, tool: Tool): Promise<readonly string[]> {
  const { target, workspace, workspaces } = stage;
  const wanted = { os: [target.platform.os], cpu: [npmCpu(target)], libc: [target.libc] };
  const byFlag = olderVersion(tool.version, '10.14.0') === '10.14.0';
  if (!byFlag) await editManifest(stage, '', (manifest) => withArchitectures(manifest, wanted));
  const isWorkspace = workspaces.length > 1;
  return [
    '--frozen-lockfile',
    '--prod',
    '--ignore-scripts',
    '--reporter=append-only',
    ...(byFlag ? Object.entries(wanted).map(([name, [value]]) => `--${name}=${value}`) : []),
    // The image's Node.js is the one that packages have to fit, and all of them have to be in the folder.
    `--config.node-version=${target.nodeVersion}`,
    '--config.engine-strict=false',
    '--config.enable-global-virtual-store=false',
    '--config.update-notifier=false',
    // A project that is no workspace's must not become part of one above the stage.
    ...(isWorkspace ? ['--filter', `{${workspace || '.'}}...`] : []),
  ];
}

/** Before 10.14, it is a setting in package.json. https://pnpm.io/9.x/package_json#pnpmsupportedarchitectures */
function withArchitectures(
  manifest: Record<string, unknown>,
  supportedArchitectures: object,
): Record<string, unknown> {
  return { ...manifest, pnpm: { ...(manifest.pnpm as object | undefined), supportedArchitectures } };
}

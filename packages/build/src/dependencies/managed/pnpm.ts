import { posix } from 'node:path';
import { messageOf } from '@catamaran/oci';
import { parse } from 'yaml';
import { olderVersion } from '../../target/older-version.ts';
import { npmCpu } from '../../target/target.ts';
import { findTool, installFailed, type Tool } from './find-tool.ts';
import { readLocalPackages } from './local-packages.ts';
import type { ManifestReader } from './manifest-reader.ts';
import type { PackageManager } from './package-manager.ts';
import { runTool } from './run-tool.ts';
import { editManifest, type Stage } from './stage.ts';

/** https://pnpm.io/settings: what an install for another platform depends on. */
interface PnpmSettings {
  readonly patchedDependencies?: Readonly<Record<string, unknown>>;
  readonly pnpmfile?: unknown;
}

export const pnpm: PackageManager = {
  title: 'pnpm',
  command: 'pnpm',
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
    const command = [...tool.command, 'install', ...(await flags(stage, tool))];
    const { exitCode, output } = await runTool(command, { cwd: stage.folder, env: stage.env }, ctx);
    if (exitCode !== 0) throw installFailed(pnpm, stage, command, output);
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

async function workspaceSettings(read: ManifestReader): Promise<unknown> {
  const text = await read.text('pnpm-workspace.yaml');
  if (text === undefined) return {};
  try {
    return parse(text);
  } catch (cause) {
    // pnpm itself says what is wrong with it.
    return { cause: messageOf(cause) };
  }
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

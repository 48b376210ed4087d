import { posix } from 'node:path';
import { npmCpu } from '../../target/target.ts';
import { findTool } from './find-tool.ts';
import { globWorkspaces } from './glob-workspaces.ts';
import { readLocalPackages } from './local-packages.ts';
import type { PackageManager } from './package-manager.ts';
import { runManager } from './run-manager.ts';

export const bun: PackageManager = {
  title: 'Bun',
  command: 'bun',
  isCorepacks: false,
  install: '"npm install --global bun"',
  usual: 'bun install --frozen-lockfile',
  isForAllPlatforms: false,
  hasMore: true,

  async workspaces({ path }, read) {
    const name = posix.basename(path);
    const text = await read.text(name);
    if (name === 'bun.lockb') return globWorkspaces(read);
    return workspacesOf(text ?? '').filter((folder) => folder !== '');
  },

  async readSettings(workspace, read) {
    for (const name of ['.npmrc', 'bunfig.toml']) await read.text(name);
    await read.text(posix.join(workspace, '.npmrc'));
    const { patchedDependencies } = (await read.manifest('')) ?? {};
    for (const path of Object.values((patchedDependencies ?? {}) as Record<string, unknown>)) {
      if (typeof path === 'string') await read.text(path);
    }
    await readLocalPackages(read);
  },

  async installInto(stage, ctx) {
    // Since then it knows --os and --cpu; what it does not know, as --libc at first, it does not mind.
    const tool = await findTool(bun, stage, { from: '1.2.23' }, ctx);
    const { target } = stage;
    const platform = [`--os=${target.platform.os}`, `--cpu=${npmCpu(target)}`, `--libc=${target.libc}`];
    await runManager(
      bun,
      [
        ...tool.command,
        ...['install', '--frozen-lockfile', '--production', '--ignore-scripts', '--no-progress', ...platform],
      ],
      stage,
      ctx,
    );
  },
};

/** The keys of `workspaces` in bun.lock, which Bun writes each in a line of its own. */
function workspacesOf(text: string): string[] {
  const section = /^ {2}"workspaces": \{\n([\s\S]*?)^ {2}\}/m.exec(text)?.[1] ?? '';
  return [...section.matchAll(/^ {4}("(?:[^"\\]|\\.)*"): \{/gm)].map(
    ([, key = '""']) => JSON.parse(key) as string,
  );
}

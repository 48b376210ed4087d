import { posix } from 'node:path';
import { findTool } from './find-tool.ts';
import { globWorkspaces } from './glob-workspaces.ts';
import { readLocalPackages } from './local-packages.ts';
import type { PackageManager } from './package-manager.ts';
import { requireLockedRanges } from './require-locked-ranges.ts';
import { runManager } from './run-manager.ts';

export const yarnClassic: PackageManager = {
  title: 'Yarn 1',
  command: 'yarn',
  isCorepacks: true,
  install: '"npm install --global yarn@1"',
  usual: 'yarn install --frozen-lockfile',
  // It knows no platform but its own, only all of them.
  isForAllPlatforms: true,
  hasMore: true,

  workspaces: (_lockfile, read) => globWorkspaces(read),

  async readSettings(workspace, read) {
    await read.text('.npmrc');
    await read.text(posix.join(workspace, '.npmrc'));
    // It runs the copy of itself that is named here. https://classic.yarnpkg.com/docs/yarnrc#toc-yarn-path
    const own = /^\s*"?yarn-path"?\s+"?([^"\n]+)"?/m.exec((await read.text('.yarnrc')) ?? '')?.[1];
    if (own) await read.text(own.trim());
    await readLocalPackages(read);
  },

  async installInto(stage, ctx) {
    await requireLockedRanges(stage);
    const tool = await findTool(yarnClassic, stage, { from: '1.10.0', below: '2.0.0' }, ctx);
    await runManager(
      yarnClassic,
      [
        ...tool.command,
        ...['install', '--frozen-lockfile', '--production', '--ignore-scripts', '--non-interactive'],
        ...['--ignore-platform', '--ignore-engines', '--no-progress'],
      ],
      stage,
      ctx,
    );
  },
};

import { link, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { npmCpu } from '../../target/target.ts';
import { findTool } from './find-tool.ts';
import { readLocalPackages } from './local-packages.ts';
import { neededWorkspaces } from './needed-workspaces.ts';
import type { PackageManager } from './package-manager.ts';
import { parseYaml } from './parse-yaml.ts';
import { requireSameLock } from './require-same-lock.ts';
import { type Command, runManager } from './run-manager.ts';
import { editManifest, editStaged, type Stage, stagedText } from './stage.ts';

/** https://yarnpkg.com/configuration/yarnrc: files of the project that Yarn runs, or reads. */
interface YarnSettings {
  readonly yarnPath?: unknown;
  readonly plugins?: unknown;
}

const rcName = '.yarnrc.yml';

/** Yarn 2 and its successors. */
export const yarn: PackageManager = {
  title: 'Yarn',
  command: 'yarn',
  isCorepacks: true,
  install: '"corepack enable" and "corepack install", or "yarn set version stable"',
  usual: 'yarn install --immutable',
  isForAllPlatforms: false,
  hasMore: false,

  async workspaces(_lockfile, read) {
    const text = (await read.text('yarn.lock')) ?? '';
    const found = [...text.matchAll(/^ {2}resolution: ".*@workspace:(.*)"$/gm)].map(([, path = '.']) => path);
    return found.filter((path) => path !== '.');
  },

  async readSettings(_workspace, read) {
    const rc = (await read.text(rcName)) ?? '';
    const { yarnPath, plugins }: YarnSettings = parseYaml(rc, join(read.root, rcName));
    const paths = Array.isArray(plugins) ? plugins.map((plugin: { path?: unknown }) => plugin?.path) : [];
    for (const path of [yarnPath, ...paths]) if (typeof path === 'string') await read.text(path);
    await read.everything('.yarn/patches');
    await readLocalPackages(read);
  },

  async installInto(stage, ctx) {
    const tool = await findTool(yarn, stage, { from: '3.2.0' }, ctx, await ownYarn(stage));
    await keepProductionOnly(stage);
    await editStaged(stage, rcName, (text) => stringify(withArchitectures(parseYaml(text, rcName), stage)));
    const hasCache = await linkCache(stage);
    const before = await stagedText(stage, 'yarn.lock');
    const env = { ...stage.env, ...settings, YARN_ENABLE_GLOBAL_CACHE: hasCache ? '0' : '1' };
    await runManager(yarn, [...tool.command, 'install', '--mode=skip-build'], stage, ctx, env);
    requireSameLock(before, await stagedText(stage, 'yarn.lock'), stage.lockfile);
  },
};

/** Plug'n'Play reads archives that an image does not have; the lockfile is the same for all linkers. */
const settings = {
  YARN_NODE_LINKER: 'node-modules',
  YARN_ENABLE_SCRIPTS: '0',
  YARN_ENABLE_TELEMETRY: '0',
  // The lockfile loses what the project does not need when it runs; that it gains nothing is seen to afterwards.
  YARN_ENABLE_IMMUTABLE_INSTALLS: '0',
  YARN_IGNORE_PATH: '1',
};

/** A project's own copy of Yarn comes before all others. */
async function ownYarn(stage: Stage): Promise<Command | undefined> {
  const { yarnPath }: YarnSettings = parseYaml(await stagedText(stage, rcName), rcName);
  return typeof yarnPath === 'string' ? [process.execPath, join(stage.folder, yarnPath)] : undefined;
}

function withArchitectures(rc: object, { target }: Stage): object {
  const supportedArchitectures = { os: [target.platform.os], cpu: [npmCpu(target)], libc: [target.libc] };
  return { ...rc, supportedArchitectures };
}

/** Yarn installs all workspaces with all that they need: so there must be no more than the project needs when it runs. */
async function keepProductionOnly(stage: Stage): Promise<void> {
  const needed = await neededWorkspaces(stage);
  for (const folder of stage.workspaces) {
    if (!needed.has(folder) && folder !== '') {
      await rm(join(stage.folder, folder, 'package.json'));
      continue;
    }
    await editManifest(stage, folder, ({ scripts, devDependencies, ...manifest }) => {
      if (needed.has(folder)) return manifest;
      const { dependencies, optionalDependencies, peerDependencies, ...root } = manifest;
      return root;
    });
  }
}

/** A cache that is kept with the project may be all there is. */
async function linkCache({ lockfile, folder }: Stage): Promise<boolean> {
  const own = join(lockfile.root, '.yarn', 'cache');
  const archives = (await readdir(own).catch(() => [])).filter((name) => name.endsWith('.zip'));
  const staged = join(folder, '.yarn', 'cache');
  if (archives.length > 0) await mkdir(staged, { recursive: true });
  // Where the file system cannot, Yarn fetches them.
  for (const name of archives) await link(join(own, name), join(staged, name)).catch(() => {});
  return archives.length > 0;
}

import { createHash, randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { type Context, formatPlatform, runStep } from '@catamaran/oci';
import { type Cache, cacheKey } from '../../cache/cache.ts';
import { npmCpu, type Target } from '../../target/target.ts';
import type { InstallPlan } from './install-plan.ts';
import type { Installed } from './installed.ts';
import { type Stage, writeStage } from './stage.ts';
import { takeInStage } from './take-in-stage.ts';

export interface InstallServices {
  readonly cache: Cache;
  /** The environment that the package manager is run in. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Changes whenever the same plan would give something else. */
const installVersion = 2;

/**
 * What a plan gives for each target, in the targets' order: kept from earlier, or installed now, one after the other,
 * so that the second finds in its package manager's cache what the first has fetched.
 * @param anew install also what is kept: some of its content is missing
 * @throws what `PackageManager.installInto` throws, CATA_INSTALL_OUTSIDE, CATA_PACKAGE_NOT_FOR_PLATFORM
 */
export async function install(
  plan: InstallPlan,
  targets: readonly Target[],
  services: InstallServices,
  ctx: Context,
  anew = false,
): Promise<readonly Installed[]> {
  const { cache } = services;
  const found = new Map<Target, Installed>();
  for (const target of targets) {
    const kept = anew ? undefined : await cache.getJson<Installed>('installs', keyOf(plan, target));
    if (kept) found.set(target, kept);
  }
  const missing = targets.filter((target) => !found.has(target));
  const groups = plan.manager.isForAllPlatforms ? [missing] : missing.map((target) => [target]);
  for (const group of groups.filter(({ length }) => length > 0)) {
    for (const [at, made] of (await installTogether(plan, group, services, ctx)).entries()) {
      const target = group[at] as Target;
      await cache.putJson('installs', keyOf(plan, target), made);
      found.set(target, made);
    }
  }
  return targets.map((target) => found.get(target) as Installed);
}

/** Targets that one and the same install is for. */
async function installTogether(
  plan: InstallPlan,
  targets: readonly Target[],
  { cache, env }: InstallServices,
  ctx: Context,
): Promise<Installed[]> {
  const [target] = targets as readonly [Target];
  const { manager, lockfile, workspace, workspaces, files } = plan;
  const key = keyOf(plan, target);
  const names = targets.map(({ platform }) => formatPlatform(platform)).join(' and ');
  return runStep(`install.${key}`, `Dependencies for ${names}, by ${manager.title}`, ctx, async (step) => {
    const name = `${key}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
    const folder = await cache.toolFile('stages', name);
    const onLine = (line: string) => step.progress(line);
    const place = { folder, lockfile, workspace, workspaces };
    const stage: Stage = { ...place, target, env: environmentOf(env), onLine };
    try {
      await writeStage(folder, files);
      await manager.installInto(stage, ctx);
      return await takeInStage(stage, targets, manager.hasMore, cache, ctx);
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  });
}

function keyOf(plan: InstallPlan, { platform, libc, nodeVersion, ...target }: Target): string {
  const { manager, workspace } = plan;
  return cacheKey({
    install: installVersion,
    manager: manager.title,
    workspace,
    files: plan.files.map(({ path, content, mode }) => [
      path,
      mode & 0o111,
      createHash('sha256').update(content).digest('hex'),
    ]),
    os: platform.os,
    cpu: npmCpu({ platform, libc, nodeVersion, ...target }),
    libc,
    nodeVersion,
  });
}

/**
 * A person's own, in which corepack fetches no package manager unless they have said that it may, and without the hooks
 * of Plug'n'Play, should Catamaran have been started by Yarn: those know the project's packages, not the stage's.
 */
function environmentOf(env: InstallServices['env']): InstallServices['env'] {
  const hooks = /--(?:require|import|loader|experimental-loader)[= ]"?[^ "]*\.pnp\.[^ "]*"?/g;
  const options = env.NODE_OPTIONS?.replace(hooks, '').trim();
  return {
    COREPACK_ENABLE_NETWORK: '0',
    ...env,
    ...(options === undefined ? {} : { NODE_OPTIONS: options }),
    NO_COLOR: '1',
    FORCE_COLOR: undefined,
  };
}

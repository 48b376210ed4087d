import { access, readFile, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { messageOf, type Platform, parsePlatform } from '@catamaran/oci';
import { buildErrors } from '../errors.ts';
import { type InputLog, noInputs } from '../inputs/input-log.ts';
import type { ParsedConfig } from './config-schema.ts';
import { describeIssues } from './describe-issues.ts';
import { importConfig } from './import-config.ts';
import type { Project } from './project.ts';

export const configFileName = 'catamaran.config.ts';

export interface ProjectOverrides {
  /** Instead of the configuration's; not empty. */
  readonly platforms?: readonly Platform[];
  readonly sourceDateEpoch?: number;
  /** Instead of `run.vcpu` and `run.memoryMiB`, and held to the same bounds. */
  readonly limits?: { readonly vcpu?: number; readonly memoryMiB?: number };
}

/** What configurations were parsed into before, so that the schemas need not even be loaded. */
export interface ConfigMemory {
  /** Of what the configuration exports, limits of the command line included. */
  recall(exported: unknown): ParsedConfig | undefined;
  keep(exported: unknown, parsed: ParsedConfig): void;
}

/**
 * Reads `catamaran.config.ts` and `package.json` of a folder.
 * @throws CATA_PROJECT_MISSING, CATA_CONFIG_MISSING, CATA_CONFIG_INVALID, CATA_CONFIG_FAILED, CATA_ENTRY_MISSING, CATA_PLATFORM_INVALID
 */
export async function loadProject(
  folder: string,
  overrides: ProjectOverrides = {},
  inputs: InputLog = noInputs,
  memory?: ConfigMemory,
): Promise<Project> {
  if (!(await isFolder(folder))) throw buildErrors.CATA_PROJECT_MISSING({ path: folder });
  // Without links, as the bundler reports paths: whether a package belongs to the project is read from them.
  const absolute = await realpath(resolve(folder));
  const path = join(absolute, configFileName);
  inputs.file(path);
  inputs.file(join(absolute, 'package.json'));
  const exported = withLimits(await importConfig(path, inputs), overrides.limits);
  const config = memory?.recall(exported) ?? (await parseConfig(exported, path));
  memory?.keep(exported, config);
  if (config.app.bundle && !config.app.build) await requireEntry(absolute, config.app.entry, path);
  return deepFreeze({
    ...config,
    folder: absolute,
    platforms: overrides.platforms ?? unique(config.platforms.map(parsePlatform)),
    ...(await readPackage(absolute)),
    sourceDateEpoch: overrides.sourceDateEpoch ?? 0,
  });
}

async function parseConfig(exported: unknown, path: string): Promise<ParsedConfig> {
  const { configSchema } = await import('./config-schema.ts');
  const parsed = configSchema.safeParse(exported);
  if (parsed.success) return parsed.data;
  const reason = describeIssues(parsed.error.issues);
  throw buildErrors.CATA_CONFIG_INVALID({ path, reason }, { cause: parsed.error });
}

function withLimits(config: unknown, limits: ProjectOverrides['limits']): unknown {
  if (!limits || typeof config !== 'object' || config === null) return config;
  const { run } = config as { readonly run?: object };
  return { ...config, run: { ...run, ...limits } };
}

async function requireEntry(folder: string, entry: string, configPath: string): Promise<void> {
  await access(join(folder, entry)).catch((cause: unknown) => {
    throw buildErrors.CATA_ENTRY_MISSING({ entry, configPath }, { cause });
  });
}

async function readPackage(folder: string): Promise<Pick<Project, 'version' | 'description' | 'license'>> {
  const path = join(folder, 'package.json');
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw buildErrors.CATA_PACKAGE_JSON_MISSING({ path }, { cause });
  });
  try {
    const manifest = JSON.parse(text) as Readonly<Record<string, unknown>> | null;
    if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest))
      throw new Error('it is no object');
    const textOf = (key: string) => (typeof manifest[key] === 'string' ? manifest[key] : undefined);
    return { version: textOf('version'), description: textOf('description'), license: textOf('license') };
  } catch (cause) {
    const reason = messageOf(cause);
    throw buildErrors.CATA_JSON_INVALID({ path, reason }, { cause });
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

function unique(platforms: readonly Platform[]): Platform[] {
  return [...new Set(platforms)];
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}

import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, type ImageIndex, layoutStore } from '@catamaran/oci';
import { beforeAll, expect } from 'vitest';
import { command } from './command.ts';
import { type Registry, startRegistry } from './docker-registry.ts';
import { exampleIndex } from './example-index.ts';
import { type ProgramResult, runCatamaran } from './run-catamaran.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** An index in the layout, as `app`, and in a registry; there before the first test of the `describe` that asks for it. */
export interface ImageInPlaces {
  /** Where `run` runs. */
  readonly folder: string;
  readonly layout: string;
  readonly registry: Registry;
  readonly example: ImageIndex;
  /** Its name in the registry. */
  readonly app: string;
  /** Of the manifests in it: linux/amd64, linux/arm64, linux/s390x, and an attestation of the first. */
  readonly digests: readonly string[];
  run(...args: readonly string[]): Promise<ProgramResult>;
  /** @returns what is on stdout */
  succeed(...args: readonly string[]): Promise<string>;
  /** The same with `--json`. */
  document<T>(...args: readonly string[]): Promise<T>;
  digestOf(place: string): Promise<string>;
}

export function imageInPlaces(): ImageInPlaces {
  const folder = temporaryFolder();
  const layout = join(folder, '.catamaran', 'layout');
  let registry: Registry | undefined;
  let example: ImageIndex | undefined;
  let digests: readonly string[] = [];

  function prepared<T>(part: T | undefined): T {
    if (part === undefined) throw new Error('It is there only when the tests run.');
    return part;
  }

  beforeAll(async () => {
    example = await exampleIndex();
    await layoutStore(layout).put({ repository: 'app' }, example, createContext());
    mkdirSync(join(folder, 'storage'));
    const started = await startRegistry(join(folder, 'storage'), { canDelete: true });
    registry = started;
    digests = (await example.manifest()).value.manifests.map(({ digest }) => digest);
    await succeed('copy', 'app', `${started.address}/team/app:1`);
    return () => started[Symbol.asyncDispose]();
  });

  function run(...args: readonly string[]): Promise<ProgramResult> {
    const env = { XDG_CACHE_HOME: join(folder, 'cache'), HOME: join(folder, 'home') };
    return runCatamaran(args, { cwd: folder, env });
  }

  async function succeed(...args: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await run(...args);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    return stdout;
  }

  return {
    folder,
    layout,
    get registry() {
      return prepared(registry);
    },
    get example() {
      return prepared(example);
    },
    get app() {
      return `${prepared(registry).address}/team/app:1`;
    },
    get digests() {
      return digests;
    },
    run,
    succeed,
    document: async (...args) => JSON.parse(await succeed(...args, '--json')),
    digestOf: async (place) => (await succeed('digest', place)).trimEnd(),
  };
}

export function skopeo(...args: readonly string[]): Promise<string> {
  return command('skopeo', '--insecure-policy', ...args);
}

export function sha256(bytes: string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

import { resolve } from 'node:path';
import type { Cache } from '../cache/cache.ts';
import type { InputLog } from '../inputs/input-log.ts';
import type { Project } from '../project/project.ts';
import type { BaseSource } from './base-source.ts';
import { debianBase } from './debian/debian-base.ts';
import { debianOptions } from './debian/debian-options.ts';
import { layoutBase } from './layout/layout-base.ts';
import { lockFile } from './lock/lock-file.ts';
import type { OpenRegistry } from './registry/base-registry.ts';
import { registryBase } from './registry/registry-base.ts';
import { scratchBase } from './scratch/scratch-base.ts';

export interface BaseServices {
  readonly cache: Cache;
  readonly inputs: InputLog;
  readonly registry: OpenRegistry;
}

/** The base that a project's configuration asks for. */
export function projectBase(
  { base, folder, sourceDateEpoch }: Pick<Project, 'base' | 'folder' | 'sourceDateEpoch'>,
  { cache, inputs, registry }: BaseServices,
): BaseSource {
  const lock = lockFile(folder, inputs);
  switch (base.kind) {
    case 'registry':
      return registryBase(base.image, { registry, lock, cache, inputs });
    case 'layout':
      return layoutBase({ folder: resolve(folder, base.path), name: base.name }, inputs);
    case 'scratch':
      return scratchBase(sourceDateEpoch);
    case 'debian':
      return debianBase(debianOptions(base, folder, sourceDateEpoch), { cache, inputs, lock });
  }
}

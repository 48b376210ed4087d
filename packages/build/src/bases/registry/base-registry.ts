import type { RegistryStore } from '@catamaran/oci';
import type { Cache } from '../../cache/cache.ts';
import type { InputLog } from '../../inputs/input-log.ts';
import type { LockFile } from '../lock/lock-file.ts';

/** What a base needs of registries. */
type BaseRegistry = Pick<RegistryStore, 'resolve' | 'reader'>;

/** Opens them when the first one is spoken to. */
export type OpenRegistry = () => Promise<BaseRegistry>;

export interface RegistryBaseServices {
  readonly registry: OpenRegistry;
  readonly lock: LockFile;
  readonly cache: Cache;
  /** Told when the same tag may stand for something else the next time. */
  readonly inputs: InputLog;
}

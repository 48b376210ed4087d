import type { Config } from './config-schema.ts';

export type { Config } from './config-schema.ts';

/** Gives an editor the types of `catamaran.config.ts`; checks nothing by itself. */
export function defineConfig(config: Config): Config {
  return config;
}

import { platforms } from '@catamaran/oci';
import { type Config, configSchema } from '../src/project/config-schema.ts';
import type { Project } from '../src/project/project.ts';

/** A project in a folder, as `loadProject` would have read it. */
export function nodeProject(folder: string, app: Partial<Config['app']> = {}): Project {
  const config = configSchema.parse({ name: 'shop', app: { entry: 'main.ts', ...app } });
  return {
    ...config,
    folder,
    platforms,
    version: '1.2.3',
    description: undefined,
    license: undefined,
    sourceDateEpoch: 0,
  };
}

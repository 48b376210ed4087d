import { loadErrors } from '../errors.ts';
import { readEntries, readMap, type Setting } from './setting.ts';
import { vocabulary } from './vocabulary.ts';

/**
 * The settings of one of `config.environments`, to be laid over those of `config`. The others are not looked into.
 * https://www.artillery.io/docs/reference/test-script#environments---config-environments
 *
 * @throws CATA_LOAD_ENVIRONMENT_UNKNOWN
 */
export function chosenEnvironment(
  environments: Setting | undefined,
  path: string,
  name: string | undefined,
): ReadonlyMap<string, Setting> {
  if (name === undefined) return new Map();
  const known = environments ? readEntries(environments) : new Map<string, { readonly value: Setting }>();
  const chosen = known.get(name);
  if (chosen) return readMap(chosen.value, vocabulary.environment);
  throw loadErrors.CATA_LOAD_ENVIRONMENT_UNKNOWN({
    path,
    name,
    known: [...known.keys()].join(', ') || 'none',
  });
}

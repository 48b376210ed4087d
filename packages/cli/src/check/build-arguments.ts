import { cliErrors } from '../errors.ts';

/**
 * Reads `NAME=value`, and `NAME` for the variable of the environment, as `docker build --build-arg` does.
 * @throws CATA_USAGE
 */
export function parseBuildArguments(
  texts: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, string> {
  return new Map(
    texts.flatMap((text) => {
      const found = /^(?<name>[A-Za-z_]\w*)(?:=(?<value>.*))?$/s.exec(text)?.groups;
      if (!found?.name) throw cliErrors.CATA_USAGE({ reason: `"--build-arg ${text}" is not NAME=value.` });
      const value = found.value ?? variables[found.name];
      return value === undefined ? [] : [[found.name, value] as const];
    }),
  );
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '@catamaran/build';
import { type LoadPlan, parseLoadFile } from '@catamaran/load';
import { cliErrors } from '../errors.ts';

/**
 * The project's load test.
 * @param environment of the load file
 * @throws CATA_LOAD_FILE_MISSING and what `parseLoadFile` throws
 */
export async function readPlan(project: Project, environment: string | undefined): Promise<LoadPlan> {
  const path = join(project.folder, project.run.load);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw cliErrors.CATA_LOAD_FILE_MISSING({ path }, { cause });
  });
  return parseLoadFile(text, path, environment);
}

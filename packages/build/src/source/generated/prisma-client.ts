import { readFile, realpath } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Context } from '@catamaran/oci';
import type { DependencySource } from '../../dependencies/dependency-source.ts';
import { buildErrors } from '../../errors.ts';
import type { InputLog } from '../../inputs/input-log.ts';
import type { Project } from '../../project/project.ts';
import type { Application, ApplicationFile } from '../application.ts';
import { isBinary } from '../files/is-binary.ts';
import { openPickedFile } from '../files/open-picked-file.ts';
import { walkFolder } from '../files/walk-folder.ts';

const client = '@prisma/client';

/**
 * The folder with what `prisma generate` has written beside `@prisma/client`, as the generator "prisma-client-js" does
 * where it is told no other; undefined where the project has no such client.
 */
export async function generatedClient(
  { folder }: Project,
  root: string,
  inputs: InputLog,
): Promise<string | undefined> {
  for (let above = folder; ; above = dirname(above)) {
    const installed = join(above, 'node_modules', client);
    inputs.file(join(installed, 'package.json'));
    const real = await realpath(installed).catch(() => undefined);
    // pnpm links to it: what is generated lies beside the client itself.
    if (real) return join(dirname(dirname(real)), '.prisma', 'client');
    if (above === root || above === dirname(above)) return undefined;
  }
}

/** What stands in the place of a client until one is generated. */
const stub = 'did not initialize yet';

/**
 * Prisma's generated client, for its place in the image. No tarball has it. Its engines stay behind: they are this
 * machine's, and the package gets those of the target.
 * @throws CATA_PRISMA_NOT_GENERATED, CATA_FILE_UNREADABLE
 */
export async function pickGeneratedClient(
  project: Project,
  { imports }: Application,
  { root, workspace, resolveImport }: DependencySource,
  inputs: InputLog,
  ctx: Context,
): Promise<readonly ApplicationFile[]> {
  const folder = await generatedClient(project, root, inputs);
  const isInImage = resolveImport(join(workspace, 'any.js'), client).kind === 'package';
  if (!folder || !isInImage) return [];
  const index = join(folder, 'index.js');
  inputs.file(index);
  const text = await readFile(index, 'utf8').catch(() => stub);
  if (text.includes(stub)) {
    // A client that was generated elsewhere imports parts of the package only.
    if (imports?.includes(client)) throw buildErrors.CATA_PRISMA_NOT_GENERATED({ path: folder });
    return [];
  }
  const files: ApplicationFile[] = [];
  const options = {
    isWanted: () => true,
    onFolder: (path: string) => inputs.folder(path),
    signal: ctx.signal,
  };
  for await (const { absolute, isLink } of walkFolder(folder, options)) {
    if (isLink) continue;
    inputs.file(absolute);
    const file = await openPickedFile(absolute, relative(root, absolute).split(sep).join('/'));
    if (!(await isBinary(file))) files.push(file);
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

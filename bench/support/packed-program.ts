import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { measure } from './measure.ts';
import { repository } from './repository.ts';

export interface PackedProgram extends AsyncDisposable {
  /** The folder of the package "catamaran". */
  readonly folder: string;
}

/** The program as users get it, among the repository's packages, where it finds those that it depends on. */
export async function packProgram(signal: AbortSignal): Promise<PackedProgram> {
  const parent = join(repository, 'node_modules', '.cache');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'catamaran-bench-'));
  await using stack = new AsyncDisposableStack();
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const script = join(repository, 'scripts', 'pack-program.ts');
  await measure(process.execPath, ['--conditions=source', script, folder], { signal });
  const packed = stack.move();
  return { folder, [Symbol.asyncDispose]: () => packed.disposeAsync() };
}

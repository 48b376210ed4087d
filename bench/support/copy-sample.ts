import { cp, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from './repository.ts';

/** A copy of the bookstore whose source may be changed; packages come from the repository. @returns its folder */
export async function copySample(folder: string): Promise<string> {
  for (const name of ['package.json', 'package-lock.json', 'tsconfig.json']) {
    await cp(join(repository, name), join(folder, name));
  }
  await cp(join(repository, 'samples'), join(folder, 'samples'), { recursive: true });
  await symlink(join(repository, 'packages'), join(folder, 'packages'));
  await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'));
  return join(folder, 'samples', 'bookstore');
}

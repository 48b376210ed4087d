import { join } from 'node:path';

export const repository = join(import.meta.dirname, '..', '..');
export const program = join(repository, 'packages', 'cli', 'bin', 'catamaran.js');
export const fixtures = join(repository, 'bench', 'fixtures');

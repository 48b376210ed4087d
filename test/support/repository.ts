import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder, absolute and without a slash at its end. */
export const repositoryFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

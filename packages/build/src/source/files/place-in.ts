import { posix } from 'node:path';
import { buildErrors } from '../../errors.ts';

/** Turns a path from the application's folder in the image into one from the root of all that is the application's. */
export type Place = (path: string) => string;

/** @param workspace the application's folder, from that root @throws CATA_FILES_OUTSIDE */
export function placeIn(workspace: string): Place {
  return (path) => {
    const place = posix.join(workspace, path);
    if (place === '..' || place.startsWith('../')) throw buildErrors.CATA_FILES_OUTSIDE({ path });
    return place;
  };
}

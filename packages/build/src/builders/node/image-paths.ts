/** Where things lie in a Node image. The project's folders keep their places, so that Node finds packages as it did at home. */
const appRoot = 'app';
export const nodeBinary = 'usr/local/bin/node';

/** The folder of a location in the lockfile, or of a workspace. */
export function imagePath(location: string): string {
  return location === '' ? appRoot : `${appRoot}/${location}`;
}

import type { ElfFile } from '../elf/elf-file.ts';
import { fitsMachine } from '../loader/fits-image.ts';
import { type Complaint, imageLoads } from '../loader/image-loads.ts';
import { librariesNamed } from '../loader/missing-library.ts';
import type { Level } from './finding.ts';
import type { CheckedImage, Rule } from './rule.ts';

/** Every library that the file asks for is where the loader looks for it. ld.so(8) */
export const neededRule: Rule = {
  id: 'needed',
  check(file, image) {
    const missing = imageLoads(image)
      .complaints(file)
      .filter(({ found }) => found === undefined);
    return missing.flatMap((complaint) => {
      const level = levelOf(complaint, image);
      if (!level) return [];
      const whose = `needs the library ${complaint.library}${forWhom(complaint)}`;
      const message = `${whose}, ${whereItIs(complaint, image)}`;
      return [{ rule: 'needed', level, path: `/${file.path}`, message }];
    });
  },
};

/** The object that asks, where it is not the file itself. */
export function forWhom({ file, object }: Complaint): string {
  return object.file === file ? '' : ` for /${object.file.path}`;
}

/**
 * An entry point may run ldconfig. What nobody is known to load may be loaded by hand, into a program that has the library
 * already, as Java does with its own; or never, as what .NET and Java have for machines with more on them. Whoever packages
 * a distribution has seen to it that what is there goes together.
 */
function levelOf({ file, library, isUncertain }: Complaint, image: CheckedImage): Level | undefined {
  if (!isUncertain) return imageLoads(image).search.configuredPath(library) ? 'warning' : 'error';
  const [elsewhere] = librariesNamed(library, image);
  const isThere = elsewhere !== undefined && fitsMachine(elsewhere, image);
  return isThere && isPlugin(file) ? undefined : 'warning';
}

/** Below the folders of a distribution's libraries, where no loader looks. */
function isPlugin({ path }: ElfFile): boolean {
  return /^(?:usr\/)?lib(?:64|exec)?\/(?![^/]+-linux-[^/]+\/[^/]+$)[^/]+\//.test(path);
}

function whereItIs({ library }: Complaint, image: CheckedImage): string {
  const configured = imageLoads(image).search.configuredPath(library);
  if (configured) return `which is at ${configured}, where the loader looks only after ldconfig has been run`;
  const [elsewhere] = librariesNamed(library, image);
  if (!elsewhere) return 'which is not in the image';
  return fitsMachine(elsewhere, image)
    ? `which is at /${elsewhere.path}, where the loader does not look`
    : `which the image has only for ${elsewhere.machine}, at /${elsewhere.path}`;
}

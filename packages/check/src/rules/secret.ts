import { isPublished } from '../scan/secrets/secret-candidates.ts';
import type { SecretFound } from '../scan/secrets/secret-found.ts';
import type { Level } from './finding.ts';
import type { LayerRule } from './rule.ts';

/** Nobody who can pull the image can read what is not meant for them, in whichever layer. */
export const secretRule: LayerRule = {
  id: 'secret',
  check({ index, diffId, scan }, image) {
    return scan.secrets.map((secret) => {
      const { path, what, line } = secret;
      const isLeft = image.get(path)?.layerIndex === index;
      const place = isLeft
        ? ''
        : `; a later layer deletes or replaces it, and it is still in layer ${index + 1}`;
      const message = `holds ${what} (line ${line})${place}`;
      return { rule: 'secret', level: levelOf(secret), path: `/${path}`, layer: diffId, message };
    });
  },
};

/** Folders whose keys open nothing. */
const forTests =
  /(?:^|\/)(?:tests?|__tests__|testing|testdata|test[-_]data|spec|fixtures?|examples?|samples?|demos?|docs?|mocks?|certdata|benchmarks?)\//i;

function levelOf({ path, isDoubtful }: SecretFound): Level {
  const isTest = forTests.test(path);
  if (isPublished(path)) return isTest || isDoubtful ? 'note' : 'warning';
  return isTest || isDoubtful ? 'warning' : 'error';
}

import { type Complaint, imageLoads } from '../loader/image-loads.ts';
import type { Finding } from './finding.ts';
import { forWhom } from './needed.ts';
import type { Rule } from './rule.ts';

/** The libraries that a file finds have the versions that it asks them for: GLIBC, GLIBCXX, CXXABI, GCC and others. */
export const libcVersionRule: Rule = {
  id: 'libc-version',
  check(file, image) {
    return imageLoads(image)
      .complaints(file)
      .flatMap((complaint) => (complaint.found ? findingsOf(complaint, complaint.found.versions) : []));
  },
};

/** One for each series of versions, which names the newest: who has that has the others. */
function findingsOf(complaint: Complaint, present: readonly string[]): Finding[] {
  const bySeries = Map.groupBy(complaint.versions, seriesOf);
  return [...bySeries].map(([series, versions]) => {
    const newest = highest(versions);
    const has = highest(present.filter((version) => seriesOf(version) === series));
    const told = has
      ? `the image has ${numberOf(has)}`
      : `which the image’s ${complaint.library} does not have`;
    return {
      rule: 'libc-version',
      level: 'error',
      path: `/${complaint.file.path}`,
      message: `needs ${newest}${forWhom(complaint)}, ${told}`,
    };
  });
}

/** "GLIBCXX" of GLIBCXX_3.4.32; a name without a number is a series of its own. */
function seriesOf(version: string): string {
  return /^(.*)_\d+(?:\.\d+)*$/.exec(version)?.[1] ?? version;
}

function numberOf(version: string): string {
  return version.slice(version.lastIndexOf('_') + 1);
}

function highest(versions: readonly string[]): string | undefined {
  return versions.toSorted((a, b) => compare(numberOf(a), numberOf(b))).at(-1);
}

function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split('.').map(Number));
  for (let at = 0; at < Math.max(left?.length ?? 0, right?.length ?? 0); at++) {
    const difference = (left?.[at] ?? -1) - (right?.[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

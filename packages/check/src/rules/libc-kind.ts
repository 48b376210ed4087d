import { fitsMachine, otherLibc } from '../loader/fits-image.ts';
import { type LibcKind, libcKindsOf } from '../loader/libc-kind.ts';
import type { Rule } from './rule.ts';

const names: Readonly<Record<LibcKind, string>> = {
  glibc: 'glibc',
  musl: 'musl',
  bionic: 'Android’s C library',
};

/** A file that was linked with a C library finds that one, and not another. */
export const libcKindRule: Rule = {
  id: 'libc-kind',
  check(file, image) {
    const kind = fitsMachine(file, image) ? otherLibc(file, image) : undefined;
    if (!kind) return [];
    const present = libcKindsOf(image)
      .map((one) => names[one])
      .join(' and ');
    const message = `is made for ${names[kind]}, the image has ${present}`;
    return [{ rule: 'libc-kind', level: 'error', path: `/${file.path}`, message }];
  },
};

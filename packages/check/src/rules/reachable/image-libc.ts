import type { CheckedImage } from '../rule.ts';

/** npm's word for the C library of an image. Undefined where it has none, or both. */
export function imageLibc(image: CheckedImage): 'glibc' | 'musl' | undefined {
  const has = { musl: false, glibc: false };
  for (const { path } of image.entries()) {
    if (/^(?:usr\/)?lib\/ld-musl-[^/]+\.so\.1$/.test(path)) has.musl = true;
    else if (/^(?:usr\/)?lib(?:64|\/[^/]+)?\/libc\.so\.6$/.test(path)) has.glibc = true;
  }
  if (has.musl === has.glibc) return undefined;
  return has.musl ? 'musl' : 'glibc';
}

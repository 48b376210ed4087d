import type { CheckedImage } from '../rules/rule.ts';

/** Works something out once for an image, however many rules ask. */
export function oncePerImage<Result>(work: (image: CheckedImage) => Result): (image: CheckedImage) => Result {
  const kept = new WeakMap<CheckedImage, { readonly result: Result }>();
  return (image) => {
    const known = kept.get(image) ?? { result: work(image) };
    kept.set(image, known);
    return known.result;
  };
}

import type { Package } from './package-file.ts';

/** The packages of Alpine's database: "P:name", "V:version", a paragraph each. https://wiki.alpinelinux.org/wiki/Apk_spec */
export function apkPackages(text: string): readonly Package[] {
  return text.split(/\n\n+/).flatMap((paragraph) => {
    const name = /^P:(.+)$/m.exec(paragraph)?.[1];
    const version = /^V:(.+)$/m.exec(paragraph)?.[1];
    return name && version ? [{ name, version }] : [];
  });
}

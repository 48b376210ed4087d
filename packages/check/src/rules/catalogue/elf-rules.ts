import type { RuleDescription } from './rule-description.ts';

/** The rules for each binary. */
export const elfRules = {
  machine: {
    level: 'error',
    title: 'A binary is for another CPU',
    why: 'Starting it ends with `exec format error`, loading it with `cannot open shared object file`, often on the first request only. Where the package has the right one beside it and Node.js takes that, it is a note with the bytes that it wastes.',
    remedy:
      'Install the package for the image’s platform; with npm that is `npm ci --os=linux --cpu=…`, and `catamaran build` does it by itself.',
  },
  interpreter: {
    level: 'error',
    title: 'The program loader is missing',
    why: 'The kernel answers `No such file or directory`, though the program itself is there.',
    remedy:
      'Use a base that has the loader (a glibc program needs `ld-linux`, a musl program `ld-musl`), or link the program statically.',
  },
  needed: {
    level: 'error',
    title: 'A shared library is missing',
    why: 'The loader looks for the library in the file’s own search path, in `LD_LIBRARY_PATH` and in the system’s folders, and finds it nowhere: `cannot open shared object file`. It is a warning where the library is there and ldconfig has not been run, or where nobody is known to load the file that needs it.',
    remedy:
      'Add the package that has the library to the base, or put it where the loader looks and name that folder in `LD_LIBRARY_PATH`.',
  },
  'libc-version': {
    level: 'error',
    title: 'A binary needs a newer C or C++ library',
    why: 'The loader refuses it: `version GLIBC_2.38 not found`. It was compiled on a newer system than the image’s.',
    remedy: 'Use a newer base, or an older build of the binary.',
  },
  'libc-kind': {
    level: 'error',
    title: 'A binary is for another C library',
    why: 'What is linked with musl does not run on glibc, nor the reverse: symbols and the loader are missing. Beside the right one it is a note.',
    remedy: 'Install the package’s build for the image’s C library.',
  },
  'node-abi': {
    level: 'error',
    title: 'An addon is for another version of Node.js',
    why: 'Node.js refuses to load it: `was compiled against a different Node.js version`.',
    remedy: 'Install the addon’s build for the image’s Node.js, or the Node.js that it was built for.',
  },
  readable: {
    level: 'error',
    title: 'A binary is damaged',
    why: 'It begins like an ELF file and is cut short or contradicts itself: neither the kernel nor the loader takes it.',
    remedy: 'Fetch or build the file again; look at whether something truncated it on its way.',
  },
  'foreign-binary': {
    level: 'error',
    title: 'A binary is for another operating system',
    why: 'A Mach-O or PE file does not run on Linux. Where the right one is beside it, or the file is a helper that only that system has, it is a note with the bytes that it wastes.',
    remedy: 'Install the package for Linux, or leave the file out of the image.',
  },
} as const satisfies Record<string, RuleDescription>;

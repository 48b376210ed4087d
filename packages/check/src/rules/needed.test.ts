import { parsePlatform } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import type { ElfFile } from '../elf/elf-file.ts';
import { type ElfTree, elfFindings } from '../testing/elf-image.ts';

const loader = '/lib64/ld-linux-x86-64.so.2';
/** A Debian, as far as it matters. */
const debian: ElfTree = {
  lib64: 'usr/lib64',
  lib: 'usr/lib',
  'usr/lib64/ld-linux-x86-64.so.2': '/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2',
  'usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2': { soname: 'ld-linux-x86-64.so.2' },
  'usr/lib/x86_64-linux-gnu/libc.so.6': { soname: 'libc.so.6', needed: ['ld-linux-x86-64.so.2'] },
};
const fedora: ElfTree = {
  lib64: 'usr/lib64',
  'usr/lib64/ld-linux-x86-64.so.2': { soname: 'ld-linux-x86-64.so.2' },
  'usr/lib64/libc.so.6': { soname: 'libc.so.6' },
};
const alpine: ElfTree = {
  'lib/ld-musl-x86_64.so.1': { soname: 'libc.musl-x86_64.so.1' },
  'lib/libc.musl-x86_64.so.1': 'ld-musl-x86_64.so.1',
};
const program = (parts: Partial<ElfFile> = {}): Partial<ElfFile> => ({
  interpreter: loader,
  needed: ['liba.so.1', 'libc.so.6'],
  ...parts,
});
const muslProgram = (parts: Partial<ElfFile> = {}) =>
  program({
    interpreter: '/lib/ld-musl-x86_64.so.1',
    needed: ['liba.so.1', 'libc.musl-x86_64.so.1'],
    ...parts,
  });
const missing = (path = '/opt/app/bin/app') =>
  `error needed ${path} needs the library liba.so.1, which is not in the image`;
const astray = (at: string, path = '/opt/app/bin/app') =>
  `error needed ${path} needs the library liba.so.1, which is at ${at}, where the loader does not look`;
const app = 'opt/app/bin/app';

describe('a library of glibc’s loader', () => {
  it('is missing where it is nowhere, each once', () => {
    const needed = ['liba.so.1', 'libb.so.1', 'libc.so.6'];
    expect(elfFindings({ ...debian, [app]: program({ needed }) })).toEqual([
      missing(),
      missing().replace('liba', 'libb'),
    ]);
  });

  it.each(['lib/x86_64-linux-gnu', 'usr/lib/x86_64-linux-gnu', 'usr/lib'])(
    'is found in Debian’s /%s',
    (folder) => {
      expect(elfFindings({ ...debian, [app]: program(), [`${folder}/liba.so.1`]: {} })).toEqual([]);
    },
  );

  it.each(['usr/lib64', 'usr/local/lib', 'usr/lib/aarch64-linux-gnu', 'opt'])(
    'is not found in Debian’s /%s',
    (folder) => {
      const at = `${folder}/liba.so.1`;
      expect(elfFindings({ ...debian, [app]: program(), [at]: {} })).toEqual([astray(`/${at}`)]);
    },
  );

  it('is found in /lib64 where distributions have theirs', () => {
    expect(elfFindings({ ...fedora, [app]: program(), 'usr/lib64/liba.so.1': {} })).toEqual([]);
  });

  it('is found behind links, and not where they lead nowhere', () => {
    const tree = { ...debian, [app]: program(), 'usr/lib/liba.so.1': 'liba.so.1.2' };
    expect(elfFindings({ ...tree, 'usr/lib/liba.so.1.2': {} })).toEqual([]);
    expect(elfFindings(tree)).toEqual([missing()]);
  });

  it.each([
    '$ORIGIN/../lib',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as it is written in ELF files.
    '${ORIGIN}/../lib',
    '/opt/app/lib',
    '/opt/$PLATFORM/../app/lib',
    '$ORIGIN/../$LIB',
  ])('is found where the program itself says: %s', (folder) => {
    const tree = { ...debian, 'opt/x86_64/keep': {}, 'opt/app/lib/liba.so.1': {} };
    for (const parts of [{ runpath: ['/nowhere', folder] }, { rpath: [folder] }]) {
      expect(elfFindings({ ...tree, [app]: program(parts) })).toEqual([]);
      expect(elfFindings({ ...debian, [app]: program(parts), 'opt/lib/liba.so.1': {} })).toHaveLength(1);
    }
  });

  it('is found where it is named with its place, and only there', () => {
    const needed = ['/opt/liba.so.1'];
    expect(elfFindings({ ...debian, [app]: program({ needed }), 'opt/liba.so.1': {} })).toEqual([]);
    expect(elfFindings({ ...debian, [app]: program({ needed }), 'usr/lib/liba.so.1': {} })).toHaveLength(1);
  });

  it('is found beside a program whose folder has a dollar in its name', () => {
    const tree = { 'opt/$&$$/app': program({ runpath: ['$ORIGIN/lib'] }), 'opt/$&$$/lib/liba.so.1': {} };
    expect(elfFindings({ ...debian, ...tree })).toEqual([]);
  });

  it('is found in LD_LIBRARY_PATH, of which the last one counts', () => {
    const tree = { ...debian, [app]: program(), 'opt/lib/liba.so.1': {} };
    const Env = ['LD_LIBRARY_PATH=/nowhere', 'LD_LIBRARY_PATH=/elsewhere:/opt/lib'];
    expect(elfFindings(tree, { execution: { Env } })).toEqual([]);
    expect(elfFindings(tree, { execution: { Env: [...Env].reverse() } })).toHaveLength(1);
  });

  it('is found where ldconfig has found it, and only where it is still there', () => {
    const tree = { ...debian, [app]: program() };
    const texts = { 'etc/ld.so.cache': '/opt/lib/liba.so.1\n/opt/lib/libz.so' };
    expect(elfFindings({ ...tree, 'opt/lib/liba.so.1': {} }, { texts })).toEqual([]);
    expect(elfFindings(tree, { texts })).toEqual([missing()]);
  });

  it('is a matter of running ldconfig where /etc/ld.so.conf names its folder', () => {
    const texts = {
      'etc/ld.so.conf': '# ours\ninclude ld.so.conf.d/*.conf\n',
      'etc/ld.so.conf.d/a.conf': '/opt/lib # and no other\n',
      'etc/ld.so.cache': '',
    };
    expect(elfFindings({ ...debian, [app]: program(), 'opt/lib/liba.so.1': {} }, { texts })).toEqual([
      `warning needed /${app} needs the library liba.so.1, which is at /opt/lib/liba.so.1, where the loader looks only after ldconfig has been run`,
    ]);
  });

  it('is none that is for another machine', () => {
    const tree = { ...debian, [app]: program(), 'usr/lib/liba.so.1': { machine: 'arm64' } };
    expect(elfFindings(tree)).toEqual([
      `error needed /${app} needs the library liba.so.1, which the image has only for arm64, at /usr/lib/liba.so.1`,
      'error machine /usr/lib/liba.so.1 is for arm64, the image is for amd64',
    ]);
    const folders = { [app]: program({ runpath: ['/opt/arm64', '/opt/amd64'] }), 'opt/amd64/liba.so.1': {} };
    expect(elfFindings({ ...debian, ...folders, 'opt/arm64/liba.so.1': { machine: 'arm64' } })).toHaveLength(
      1,
    );
  });

  it('is not looked for on behalf of a program that cannot be started here', () => {
    expect(elfFindings({ ...debian, [app]: program({ machine: 'arm64' }) })).toEqual([
      `error machine /${app} is for arm64, the image is for amd64`,
    ]);
  });

  it('is found in the folders of the platform', () => {
    const arm64: ElfTree = {
      'lib/ld-linux-aarch64.so.1': { machine: 'arm64' },
      'usr/lib/aarch64-linux-gnu/libc.so.6': { machine: 'arm64' },
      'usr/lib/aarch64-linux-gnu/liba.so.1': { machine: 'arm64' },
      [app]: program({ machine: 'arm64', interpreter: '/lib/ld-linux-aarch64.so.1' }),
    };
    expect(elfFindings(arm64, { platform: parsePlatform('linux/arm64') })).toEqual([]);
  });
});

describe('a library’s own libraries', () => {
  const library = { needed: ['libb.so.1'] };
  const inFolder = { ...debian, 'opt/lib/liba.so.1': library, 'opt/lib/libb.so.1': {} };

  it('are looked for in the program’s DT_RPATH, and not in its DT_RUNPATH', () => {
    expect(elfFindings({ ...inFolder, [app]: program({ rpath: ['/opt/lib'] }) })).toEqual([]);
    expect(elfFindings({ ...inFolder, [app]: program({ runpath: ['/opt/lib'] }) })).toEqual([
      'error needed /opt/lib/liba.so.1 needs the library libb.so.1, which is at /opt/lib/libb.so.1, where the loader does not look',
    ]);
  });

  it('are looked for in no DT_RPATH where the library has a DT_RUNPATH, or where the program has both', () => {
    const tree = { ...inFolder, [app]: program({ rpath: ['/opt/lib'] }) };
    const own = { 'opt/lib/liba.so.1': { ...library, runpath: ['/nowhere'] } };
    expect(elfFindings({ ...tree, ...own })).toHaveLength(1);
    const both = { ...inFolder, [app]: program({ rpath: ['/opt/lib'], runpath: ['/opt/lib'] }) };
    expect(elfFindings(both)).toHaveLength(1);
  });

  it('are there already where the program has them', () => {
    const needed = ['liba.so.1', 'libb.so.1'];
    expect(elfFindings({ ...inFolder, [app]: program({ needed, runpath: ['/opt/lib'] }) })).toEqual([]);
  });

  it('are the program’s matter where another one has them', () => {
    const good = program({ needed: ['liba.so.1', 'libb.so.1'], runpath: ['/opt/lib'] });
    const bad = program({ runpath: ['/opt/lib'] });
    expect(elfFindings({ ...inFolder, 'opt/app/good': good, 'opt/app/bad': bad })).toEqual([
      'error needed /opt/app/bad needs the library libb.so.1 for /opt/lib/liba.so.1, which is at /opt/lib/libb.so.1, where the loader does not look',
    ]);
  });

  it('are found by what loads the library, though no program is known to load either', () => {
    const outer = { needed: ['liba.so.1'], rpath: ['$ORIGIN'] };
    expect(elfFindings({ ...inFolder, 'opt/lib/libouter.so': outer })).toEqual([]);
    expect(elfFindings({ ...inFolder, 'opt/lib/libouter.so': { ...outer, rpath: ['/opt'] } })).toHaveLength(
      2,
    );
  });

  it('may have been loaded before, where nobody is known to load the library', () => {
    expect(elfFindings(inFolder)).toEqual([
      'warning needed /opt/lib/liba.so.1 needs the library libb.so.1, which is at /opt/lib/libb.so.1, where the loader does not look',
    ]);
    expect(elfFindings({ ...debian, 'opt/lib/liba.so.1': library })).toEqual([
      'warning needed /opt/lib/liba.so.1 needs the library libb.so.1, which is not in the image',
    ]);
  });
});

describe('a plugin', () => {
  const plugin = { needed: ['libb.so.1'] };

  it.each(['usr/lib/x86_64-linux-gnu/caca/plugin.so', 'opt/java/lib/libawt_xawt.so', 'app/libtrace.so'])(
    'may lack what is only for some: %s',
    (path) => {
      expect(elfFindings({ ...debian, [path]: plugin })).toEqual([
        `warning needed /${path} needs the library libb.so.1, which is not in the image`,
      ]);
    },
  );

  it('is an error where Node.js loads it, or a program does', () => {
    expect(elfFindings({ ...debian, 'usr/lib/a/a.node': plugin })).toEqual([
      'error needed /usr/lib/a/a.node needs the library libb.so.1, which is not in the image',
    ]);
    const tree = { ...debian, [app]: program({ runpath: ['/opt'] }), 'opt/liba.so.1': plugin };
    expect(elfFindings(tree)).toEqual([
      'error needed /opt/liba.so.1 needs the library libb.so.1, which is not in the image',
    ]);
  });

  it('of the distribution may need what its program has loaded before, as Java’s libraries do', () => {
    const java = 'usr/lib/jvm/java-17/lib';
    const tree = { ...debian, [`${java}/libawt.so`]: plugin, [`${java}/server/libb.so.1`]: {} };
    expect(elfFindings(tree)).toEqual([]);
  });
});

describe('an addon’s libraries', () => {
  const addon: Partial<ElfFile> = { addon: { kind: 'node-api' }, needed: ['liba.so.1'] };
  const path = 'app/node_modules/a/a.node';
  const node = (parts: Partial<ElfFile>) => ({
    'usr/local/bin/node': program({ nodeVersion: '24.21.0', ...parts }),
  });

  it('are found where it says itself', () => {
    const tree = { ...debian, ...node({ needed: [] }), 'app/node_modules/b/liba.so.1': {} };
    expect(elfFindings({ ...tree, [path]: { ...addon, runpath: ['$ORIGIN/../b'] } })).toEqual([]);
    expect(elfFindings({ ...tree, [path]: addon })).toEqual([
      astray('/app/node_modules/b/liba.so.1', `/${path}`),
    ]);
  });

  it('are there already where Node.js has them, and found where its DT_RPATH leads', () => {
    const tree = { ...debian, [path]: addon, 'usr/local/lib/liba.so.1': {} };
    expect(elfFindings({ ...tree, ...node({ needed: [] }) })).toHaveLength(1);
    expect(elfFindings({ ...tree, ...node({ needed: [], rpath: ['$ORIGIN/../lib'] }) })).toEqual([]);
    expect(elfFindings({ ...tree, ...node({ needed: ['liba.so.1'], runpath: ['$ORIGIN/../lib'] }) })).toEqual(
      [],
    );
  });
});

describe('a library of musl’s loader', () => {
  it.each(['lib', 'usr/local/lib', 'usr/lib'])('is found in /%s', (folder) => {
    expect(elfFindings({ ...alpine, [app]: muslProgram(), [`${folder}/liba.so.1`]: {} })).toEqual([]);
  });

  it('is found in the folders that /etc/ld-musl-x86_64.path names, and in no others', () => {
    const texts = { 'etc/ld-musl-x86_64.path': '/opt/lib:/opt/more\n/lib\n' };
    const tree = { ...alpine, [app]: muslProgram() };
    expect(elfFindings({ ...tree, 'opt/more/liba.so.1': {} }, { texts })).toEqual([]);
    expect(elfFindings({ ...tree, 'usr/lib/liba.so.1': {} }, { texts })).toEqual([
      astray('/usr/lib/liba.so.1'),
    ]);
  });

  it('is looked for in the program’s DT_RUNPATH, also by another library', () => {
    const tree = { 'opt/lib/liba.so.1': { needed: ['libb.so.1'] }, 'opt/lib/libb.so.1': {} };
    expect(elfFindings({ ...alpine, ...tree, [app]: muslProgram({ runpath: ['/opt/lib'] }) })).toEqual([]);
    const odd = muslProgram({ runpath: ['/opt/lib', '/opt/$LIB'] });
    expect(elfFindings({ ...alpine, ...tree, [app]: odd })).toEqual([
      astray('/opt/lib/liba.so.1'),
      expect.any(String),
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { applicationFile } from '../application.ts';
import { splitTrace } from './split-trace.ts';

const elf = Buffer.concat([Buffer.from('7f454c46020101', 'hex'), Buffer.alloc(64)]);
const file = (path: string, content: string | Uint8Array | object = '') => {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return applicationFile(path, content instanceof Uint8Array ? content : Buffer.from(text));
};

describe('splitTrace', () => {
  it('takes out packages that are this machine’s, whole', async () => {
    const files = [
      file('server.js'),
      file('server.node', elf),
      file('node_modules/next/package.json', {
        name: 'next',
        version: '16.0.0',
        optionalDependencies: { sharp: '1' },
      }),
      file('node_modules/next/dist/a.js'),
      file('node_modules/@img/sharp-linux-x64/package.json', {
        name: '@img/sharp-linux-x64',
        version: '1.0.0',
        os: ['linux'],
      }),
      file('node_modules/@img/sharp-linux-x64/lib/a.js'),
      file('node_modules/a/node_modules/bcrypt/package.json', { name: 'bcrypt', version: '6.0.0' }),
      file('node_modules/a/node_modules/bcrypt/prebuilds/linux-x64/bcrypt.node', elf),
      file('node_modules/a/index.js'),
      file('node_modules/scripted/package.json', { name: 'scripted', scripts: { install: 'make' } }),
    ];
    const { files: kept, trace } = await splitTrace({ files, links: [] });
    expect(kept.map(({ path }) => path)).toEqual([
      'node_modules/a/index.js',
      'node_modules/next/dist/a.js',
      'node_modules/next/package.json',
      'server.js',
      'server.node',
    ]);
    expect(trace.native.map(({ path, version }) => [path, version])).toEqual([
      ['node_modules/@img/sharp-linux-x64', '1.0.0'],
      ['node_modules/a/node_modules/bcrypt', '6.0.0'],
      ['node_modules/scripted', ''],
    ]);
    expect(trace.packages.map(({ path }) => path)).toEqual([
      'node_modules/@img/sharp-linux-x64',
      'node_modules/a',
      'node_modules/a/node_modules/bcrypt',
      'node_modules/next',
      'node_modules/scripted',
    ]);
    expect(trace.packages.map(({ optional }) => optional)).toContainEqual(['sharp']);
  });

  it('takes out links to what another target has by another name, and leaves others', async () => {
    const store = 'node_modules/.pnpm';
    const files = [
      file(`${store}/part@1/node_modules/part/package.json`, { name: 'part', cpu: ['x64'] }),
      file(`${store}/whole@1/node_modules/whole/package.json`, { name: 'whole' }),
      file(`${store}/whole@1/node_modules/whole/whole.node`, elf),
    ];
    const links = [
      { path: `${store}/whole@1/node_modules/part`, target: '../../part@1/node_modules/part' },
      { path: 'node_modules/whole', target: `.pnpm/whole@1/node_modules/whole` },
    ];
    const split = await splitTrace({ files, links });
    expect(split.files).toEqual([]);
    expect(split.links).toEqual([links[1]]);
    expect(split.trace.native.map(({ name, links: leading }) => [name, leading])).toEqual([
      ['part', [`${store}/whole@1/node_modules/part`]],
      ['whole', []],
    ]);
  });

  it('leaves Prisma’s client without its engines', async () => {
    const files = [
      file('node_modules/.prisma/client/index.js'),
      file('node_modules/.prisma/client/libquery_engine-debian-openssl-3.0.x.so.node', elf),
    ];
    const { files: kept, trace } = await splitTrace({ files, links: [] });
    expect(kept.map(({ path }) => path)).toEqual(['node_modules/.prisma/client/index.js']);
    expect(trace.native).toEqual([]);
  });
});

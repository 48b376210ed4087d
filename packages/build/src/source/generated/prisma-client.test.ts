import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createContext } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { bundleProject } from '../../../testing/bundle-fixture.ts';
import { writeFiles } from '../../../testing/write-files.ts';
import { RecordedInputs } from '../../inputs/input-log.ts';
import { pickGeneratedClient } from './prisma-client.ts';

const elf = Buffer.concat([Buffer.from('7f454c46020101', 'hex'), Buffer.alloc(64)]);

function fixture(files: Readonly<Record<string, unknown>>) {
  const { root, project, dependencies } = bundleProject({
    files,
    locked: {
      'apps/shop': { dependencies: { '@prisma/client': '6' } },
      'node_modules/@prisma/client': {},
    },
  });
  const inputs = new RecordedInputs();
  const pick = async (source = dependencies, imports: readonly string[] = ['@prisma/client']) => {
    const application = { files: [], links: [], nodeOptions: [], entry: 'main.mjs', imports };
    const picked = await pickGeneratedClient(project, application, source, inputs, createContext());
    return picked.map(({ path }) => path);
  };
  return { root, dependencies, inputs, pick };
}

const generated = (folder: string) => ({
  [`${folder}/index.js`]: 'the client',
  [`${folder}/schema.prisma`]: '',
  [`${folder}/query_compiler_bg.wasm`]: '\0asm',
  [`${folder}/libquery_engine-debian-openssl-3.0.x.so.node`]: elf,
});

describe('what Prisma has generated', () => {
  it('is picked up for its place beside the client, without engines', async () => {
    const { pick, inputs, root } = fixture(generated('node_modules/.prisma/client'));
    expect(await pick()).toEqual([
      'node_modules/.prisma/client/index.js',
      'node_modules/.prisma/client/query_compiler_bg.wasm',
      'node_modules/.prisma/client/schema.prisma',
    ]);
    expect(inputs.inputs.files).toContain(join(root, 'node_modules/.prisma/client/index.js'));
  });

  it('is found where pnpm has it', async () => {
    const store = 'node_modules/.pnpm/@prisma+client@6/node_modules';
    const { pick, root } = fixture({});
    writeFiles(root, {
      ...generated(`${store}/.prisma/client`),
      [`${store}/@prisma/client/package.json`]: {},
    });
    mkdirSync(join(root, 'apps/shop/node_modules/@prisma'), { recursive: true });
    symlinkSync(`../../../../${store}/@prisma/client`, join(root, 'apps/shop/node_modules/@prisma/client'));
    expect(await pick()).toContain(`${store}/.prisma/client/index.js`);
  });

  it('is nothing where the client is no part of the image, or was generated elsewhere', async () => {
    const { pick, dependencies } = fixture(generated('node_modules/.prisma/client'));
    expect(await pick({ ...dependencies, resolveImport: () => ({ kind: 'source' }) })).toEqual([]);
    const elsewhere = fixture({});
    expect(await elsewhere.pick(elsewhere.dependencies, ['@prisma/client/runtime/client'])).toEqual([]);
  });

  it.each([
    ['nothing', {}],
    [
      'a stub',
      { 'node_modules/.prisma/client/index.js': 'throw new Error("@prisma/client did not initialize yet")' },
    ],
  ])('is missed where there is %s, and it is imported', async (_, files) => {
    await expect(fixture(files).pick()).rejects.toMatchObject({
      code: 'CATA_PRISMA_NOT_GENERATED',
      message: expect.stringContaining('/node_modules/.prisma/client"'),
    });
  });
});

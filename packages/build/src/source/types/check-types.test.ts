import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordingContext } from '../../../testing/layer-tools.ts';
import { nodeProject } from '../../../testing/node-project.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { writeFiles } from '../../../testing/write-files.ts';
import { openCache } from '../../cache/cache.ts';
import { noInputs } from '../../inputs/input-log.ts';
import { checkTypes } from './check-types.ts';

const compiler = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
const tsconfig = { compilerOptions: { strict: true, types: [], lib: ['es2024'] }, include: ['*.ts'] };
const wrong = `const right = 1;\nexport const price: number = 'ten' + right;\n`;

const freshCache = () => openCache(temporaryFolder());

function projectOf(files: Readonly<Record<string, unknown>>, installed = true): string {
  const folder = writeFiles(temporaryFolder(), { 'package.json': {}, ...files });
  mkdirSync(join(folder, 'node_modules'));
  if (installed) symlinkSync(compiler, join(folder, 'node_modules/typescript'));
  return folder;
}

describe('checkTypes', () => {
  it('finds nothing wrong with what is right', async () => {
    const { ctx, steps } = recordingContext();
    const folder = projectOf({ 'tsconfig.json': tsconfig, 'main.ts': `export const price: number = 10;` });
    await checkTypes(nodeProject(folder), freshCache(), noInputs, ctx);
    expect(steps).toEqual(['Types of the application']);
  });

  it('quotes what is wrong, with file and line', async () => {
    const folder = projectOf({ 'tsconfig.json': tsconfig, 'main.ts': wrong });
    await expect(
      checkTypes(nodeProject(folder), freshCache(), noInputs, recordingContext().ctx),
    ).rejects.toMatchObject({
      code: 'CATA_TYPES_WRONG',
      message: expect.stringMatching(/\n {2}main\.ts\(2,14\): error TS2322: .*string.*number/),
    });
  });

  it('is not misled by what the compiler remembers, nor by a damaged memory', async () => {
    const files = { 'tsconfig.json': tsconfig, 'main.ts': wrong };
    const folder = projectOf(files);
    const cacheFolder = temporaryFolder();
    const check = () =>
      checkTypes(nodeProject(folder), openCache(cacheFolder), noInputs, recordingContext().ctx);
    await expect(check()).rejects.toMatchObject({ code: 'CATA_TYPES_WRONG' });
    await expect(check()).rejects.toMatchObject({ code: 'CATA_TYPES_WRONG' });
    writeFiles(folder, { 'main.ts': 'export const price: number = 10;' });
    await check();
    const memories = readdirSync(join(cacheFolder, 'types'), { recursive: true, withFileTypes: true });
    for (const file of memories.filter((entry) => entry.isFile())) {
      writeFileSync(join(file.parentPath, file.name), '{"version":');
    }
    await check();
    writeFiles(folder, { 'main.ts': wrong });
    await expect(check()).rejects.toMatchObject({ code: 'CATA_TYPES_WRONG' });
  });

  it('shows the first twenty lines of many', async () => {
    const many = Array.from({ length: 30 }, (_, at) => `export const a${at}: number = '';`).join('\n');
    const folder = projectOf({ 'tsconfig.json': tsconfig, 'main.ts': many });
    const error = await checkTypes(nodeProject(folder), freshCache(), noInputs, recordingContext().ctx).catch(
      (thrown: Error) => thrown,
    );
    expect(String(error).match(/error TS2322/g)).toHaveLength(20);
    expect(String(error)).toContain('… and 10 more lines');
  });

  it.each([
    ['there is no tsconfig.json', { 'main.ts': wrong }, {}],
    ['the project does not want it', { 'main.ts': wrong, 'tsconfig.json': tsconfig }, { typecheck: false }],
  ])('does nothing where %s', async (_, files, app) => {
    const { ctx, steps, warnings } = recordingContext();
    await checkTypes(nodeProject(projectOf(files), app), freshCache(), noInputs, ctx);
    expect([steps, warnings]).toEqual([[], []]);
  });

  it('warns where there is no TypeScript', async () => {
    const { ctx, warnings } = recordingContext();
    await checkTypes(
      nodeProject(projectOf({ 'tsconfig.json': tsconfig, 'main.ts': wrong }, false)),
      freshCache(),
      noInputs,
      ctx,
    );
    expect(warnings).toEqual(['The types of shop are not checked: TypeScript is not installed there.']);
  });

  it('stops when it is aborted', async () => {
    const stop = new AbortController();
    const { ctx } = recordingContext({ signal: stop.signal });
    const folder = projectOf({ 'tsconfig.json': tsconfig, 'main.ts': wrong });
    const checking = checkTypes(nodeProject(folder), freshCache(), noInputs, ctx);
    stop.abort(new Error('enough'));
    await expect(checking).rejects.toThrow('enough');
  });
});

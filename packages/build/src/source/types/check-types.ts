import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Context, runStep } from '@catamaran/oci';
import { type Cache, cacheKey } from '../../cache/cache.ts';
import { buildErrors } from '../../errors.ts';
import type { InputLog } from '../../inputs/input-log.ts';
import type { Project } from '../../project/project.ts';
import { tellTypeInputs } from './type-inputs.ts';

/** esbuild drops types unread; so the project's own TypeScript reads them, where it has a tsconfig.json. */
export async function checkTypes(
  project: Project,
  cache: Cache,
  inputs: InputLog,
  ctx: Context,
): Promise<void> {
  const tsconfig = join(project.folder, 'tsconfig.json');
  if (!project.app.typecheck) return;
  inputs.file(tsconfig);
  if (!(await exists(tsconfig))) return;
  const compiler = findCompiler(project.folder);
  if (!compiler) {
    const message = `The types of ${project.name} are not checked: TypeScript is not installed there.`;
    ctx.emit({ type: 'warning', message });
    return;
  }
  inputs.file(compiler);
  await runStep('types', 'Types of the application', ctx, async () => {
    // What the compiler remembers of the last check halves the time of the next; a damaged file it starts anew.
    const memory = await cache.toolFile('types', cacheKey({ compiler, tsconfig }));
    const options = ['--noEmit', '--pretty', 'false', '--incremental', '--tsBuildInfoFile', memory];
    const { exitCode, output } = await run(compiler, [...options, '-p', tsconfig], project, ctx);
    if (exitCode !== 0) throw buildErrors.CATA_TYPES_WRONG({ reason: firstLines(output) });
    await tellTypeInputs(memory, inputs);
  });
}

function findCompiler(folder: string): string | undefined {
  try {
    const require = createRequire(join(folder, 'package.json'));
    const manifest = require.resolve('typescript/package.json');
    return join(dirname(manifest), 'bin', 'tsc');
  } catch {
    return undefined;
  }
}

function run(
  compiler: string,
  args: readonly string[],
  project: Project,
  ctx: Context,
): Promise<{ exitCode: number; output: string }> {
  return new Promise((resolve, reject) => {
    const options = { cwd: project.folder, signal: ctx.signal, maxBuffer: 16 * 1024 * 1024 };
    execFile(process.execPath, [compiler, ...args], options, (error, stdout, stderr) => {
      if (ctx.signal.aborted) reject(ctx.signal.reason);
      else resolve({ exitCode: error ? 1 : 0, output: stdout || stderr || (error?.message ?? '') });
    });
  });
}

function firstLines(output: string): string {
  const lines = output.trim().split('\n');
  const more = lines.length > 20 ? [`… and ${lines.length - 20} more lines`] : [];
  return [...lines.slice(0, 20), ...more].map((line) => `  ${line}`).join('\n');
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

import { clearCache, measureCache, type PruneLimits, pruneCache, verifyCache } from '@catamaran/build/cache';
import { type Context, runStep } from '@catamaran/oci';
import { cacheError } from '../build/cache-error.ts';
import { formatSize } from '../cache/format-size.ts';
import { parseAge } from '../cache/parse-age.ts';
import { parseSize } from '../cache/parse-size.ts';
import { usageDocument } from '../cache/usage-document.ts';
import { usageText } from '../cache/usage-text.ts';
import { formatBytes } from '../output/format-bytes.ts';
import { exitCodes } from '../process/exit-codes.ts';
import { type CommandResult, type CommandSurroundings, runCommand } from '../process/run-command.ts';
import { styler } from '../process/styler.ts';
import type { OutputFlags } from './project-flags.ts';

export interface PruneFlags extends OutputFlags {
  readonly olderThan?: string;
  readonly maxSize?: string;
}

/** `catamaran cache`: where it is, and what is in it. */
export function showCache(flags: OutputFlags): Promise<never> {
  return onCache(flags, async (folder, { stdout }, ctx) => {
    const usage = await measureCache(folder);
    const text = usageText(folder, usage, ctx.clock.now(), styler(stdout.color));
    return { document: usageDocument(folder, usage), text };
  });
}

/** What `catamaran cache prune` does when it is not told. */
const defaultAge = '30d';

/** `catamaran cache prune`: by age of last use, then by size. */
export function prune({ olderThan, maxSize, ...flags }: PruneFlags): Promise<never> {
  return onCache(flags, async (folder, _, ctx) => {
    const age = olderThan ?? (maxSize === undefined ? defaultAge : undefined);
    const limits: PruneLimits = {
      ...(age === undefined ? {} : { maxAgeMs: parseAge(age) }),
      ...(maxSize === undefined ? {} : { maxSizeBytes: parseSize(maxSize) }),
    };
    const { removed, kept, inUse } = await runStep('prune', `Prune ${folder}`, ctx, () =>
      pruneCache(folder, limits, ctx),
    );
    const used = `  ${formatSize(inUse)} stay because they were used within the last hour\n`;
    const text = `removed ${formatSize(removed)}, kept ${formatSize(kept)}\n`;
    return { document: { folder, removed, kept, inUse }, text: inUse.entries === 0 ? text : text + used };
  });
}

/** `catamaran cache verify`: exit code 1 when something was damaged. */
export function verify(flags: OutputFlags): Promise<never> {
  return onCache(flags, async (folder, _, ctx) => {
    const verified = await runStep('verify', `Verify ${folder}`, ctx, (step) =>
      verifyCache(folder, ctx, (doneBytes, ofBytes) =>
        step.progress(`${formatBytes(doneBytes)} of ${formatBytes(ofBytes)}`),
      ),
    );
    const { whole, unchecked, damaged } = verified;
    const lines = [
      ...damaged.map(({ kind, key, reason }) => `damaged  ${kind}/${key}  ${reason}`),
      `${formatSize(whole)} whole, ${damaged.length} damaged${damaged.length > 0 ? ' and removed' : ''}`,
      ...(unchecked.entries > 0 ? [`${formatSize(unchecked)} that only their tool can judge`] : []),
    ];
    return {
      document: { folder, ...verified },
      text: `${lines.join('\n')}\n`,
      exitCode: damaged.length > 0 ? exitCodes.findings : 0,
    };
  });
}

/** `catamaran cache clear`. */
export function clear(flags: OutputFlags): Promise<never> {
  return onCache(flags, async (folder, _, ctx) => {
    const removed = await runStep('clear', `Clear ${folder}`, ctx, () => clearCache(folder, ctx));
    return { document: { folder, removed }, text: `removed ${formatSize(removed)}\n` };
  });
}

function onCache(
  flags: OutputFlags,
  work: (folder: string, surroundings: CommandSurroundings, ctx: Context) => Promise<CommandResult>,
): Promise<never> {
  return runCommand(flags, (surroundings, ctx) => {
    const { cacheFolder } = surroundings.environment;
    return work(cacheFolder, surroundings, ctx).catch((error: unknown) => {
      throw cacheError(error, cacheFolder);
    });
  });
}

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { readUsageV1 } from './read-usage-v1.ts';
import { readUsageV2 } from './read-usage-v2.ts';

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** Both folders say the same in the words of their version. */
const expected = {
  cpuUsageNs: 1_500_000_000,
  throttledNs: 250_000_000,
  throttledPeriods: 3,
  periods: 40,
  memoryBytes: 50_000_000,
  memoryHighestBytes: 80_000_000,
  inactiveFileBytes: 9_000_000,
};

const version2 = {
  'cpu.stat':
    'usage_usec 1500000\nuser_usec 1000000\nsystem_usec 500000\nnr_periods 40\nnr_throttled 3\nthrottled_usec 250000\n',
  'memory.current': '50000000\n',
  'memory.peak': '80000000\n',
  'memory.stat': 'anon 30000000\ninactive_file 9000000\nactive_file 1000\n',
};

describe('reading a control group', () => {
  it('reads version 1', async () => {
    const folder = folderOf({
      'cpuacct.usage': '1500000000\n',
      'cpu.stat': 'nr_periods 40\nnr_throttled 3\nthrottled_time 250000000\n',
      'memory.usage_in_bytes': '50000000\n',
      'memory.max_usage_in_bytes': '80000000\n',
      'memory.stat': 'cache 10\ninactive_file 5\ntotal_inactive_file 9000000\n',
    });
    expect(await readUsageV1({ cpu: folder, cpuacct: folder, memory: folder })).toEqual(expected);
  });

  it('reads version 2', async () => {
    expect(await readUsageV2(folderOf(version2))).toEqual(expected);
  });

  it('does without memory.peak, which kernels before 5.19 do not have', async () => {
    const folder = folderOf(version2);
    rmSync(join(folder, 'memory.peak'));
    expect(await readUsageV2(folder)).toEqual({ ...expected, memoryHighestBytes: undefined });
  });

  it('rejects when the group is gone or holds something else', async () => {
    await expect(readUsageV2(temporaryFolder())).rejects.toThrow('ENOENT');
    await expect(readUsageV2(folderOf({ ...version2, 'memory.current': 'max\n' }))).rejects.toThrow('"max"');
  });
});

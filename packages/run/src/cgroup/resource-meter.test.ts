import { createContext } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { runcHost } from '../runc/runc-host.ts';
import { nodeImage } from '../testing/node-image.ts';
import { outcome, untilLine } from '../testing/outcome.ts';
import { requireTools } from '../testing/require-tool.ts';
import { runOptions } from '../testing/run-options.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

describe.skipIf(!(await requireTools('runc')))('the resources of a service', () => {
  it('limits CPU time and memory, and measures both', async () => {
    const folder = temporaryFolder();
    const spinning = await nodeImage('console.log("busy"); for (;;);');
    await using service = await runcHost({ folder }).start(spinning, runOptions, createContext());
    await untilLine(service, 'busy');

    const before = await service.stats();
    await new Promise((done) => setTimeout(done, 1000));
    const after = await service.stats();
    expect(after.throttledPeriods).toBeGreaterThan(before.throttledPeriods);
    expect(after.periods).toBeGreaterThanOrEqual(after.throttledPeriods);
    expect(after.throttledNs).toBeGreaterThan(before.throttledNs);
    const share = (after.cpuUsageNs - before.cpuUsageNs) / 1e6 / (after.atMs - before.atMs);
    expect(share).toBeGreaterThan(0);
    // Half a core; a period more or less may lie in between.
    expect(share).toBeLessThan(0.75);
    expect(after.memoryBytes).toBeGreaterThan(1024 * 1024);
    expect(after.memoryBytes).toBeLessThanOrEqual(256 * 1024 * 1024);
    expect(after.memoryPeakBytes).toBeGreaterThanOrEqual(after.memoryBytes);
  });

  it('has statistics only while the service runs', async () => {
    const folder = temporaryFolder();
    const polite = await nodeImage(
      'process.on("SIGTERM", () => process.exit()); console.log("up"); setInterval(() => {}, 1000)',
    );
    const service = await runcHost({ folder }).start(polite, runOptions, createContext());
    await untilLine(service, 'up');
    await service[Symbol.asyncDispose]();
    await expect(service.stats()).rejects.toMatchObject({ code: 'CATA_STATS_UNREADABLE' });
  });

  it('ends a service that needs more memory than it has, and tells how', async () => {
    const folder = temporaryFolder();
    const greedy = await nodeImage('const all = []; for (;;) all.push(Buffer.alloc(1 << 20, 1));');
    const options = { ...runOptions, limits: { vcpu: 1, memoryMiB: 96 } };
    expect(await outcome(runcHost({ folder }).start(greedy, options, createContext()))).toContain('SIGKILL');
  });
});

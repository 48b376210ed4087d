// What the check of a Node.js image of 1,000 files takes beyond reading its layers.
// Prints the part of docs/benchmarks.md that has the figures.
// usage: npm run bench:check [-- --rounds 9]
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parsePlatform } from '@catamaran/oci';
import type { OneCheck } from './check/one-check.ts';
import { writeThousandFiles } from './check/thousand-files.ts';
import { type Bench, withBench } from './support/bench.ts';
import { describeMachine } from './support/machine.ts';
import { markdownTable } from './support/markdown-table.ts';
import { median } from './support/median.ts';
import { tinyProject } from './support/tiny-project.ts';

const wantedMs = 50;
const timesInProcess = 6;
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '9' } } });
const rounds = Number(values.rounds);
const platform = 'linux/amd64';
const kinds = ['read', 'verify', 'check', 'kept'] as const;

interface Seen {
  readonly cold: number[];
  readonly warm: number[];
  peakBytes: number;
}

async function measureChecks(bench: Bench): Promise<string> {
  const cwd = await tinyProject(bench, 'tiny', { platforms: [platform] });
  await bench.catamaran(['build', '.'], { cwd, cacheFolder: join(bench.folder, 'cache') });
  const layout = join(cwd, '.catamaran', 'layout');
  await writeThousandFiles(layout, 'tiny', 'thousand', parsePlatform(platform));
  const seen = new Map<string, Seen>(kinds.map((kind) => [kind, { cold: [], warm: [], peakBytes: 0 }]));
  let [unpackedBytes, files] = [0, 0];
  for (let round = 0; round < rounds; round++) {
    for (const kind of kinds) {
      const script = join(import.meta.dirname, 'check', 'one-check.ts');
      const args = ['--conditions=source', script, kind, layout, 'thousand', platform, `${timesInProcess}`];
      const { stdout, peakBytes } = await bench.run(process.execPath, args);
      const one = JSON.parse(stdout) as OneCheck;
      unpackedBytes = Math.max(unpackedBytes, one.unpackedBytes);
      files = Math.max(files, one.files);
      const of = seen.get(kind) as Seen;
      of.cold.push(one.ms[0] ?? 0);
      of.warm.push(median(one.ms.slice(1)));
      of.peakBytes = Math.max(of.peakBytes, peakBytes);
    }
  }
  return describe(seen, unpackedBytes, files);
}

function describe(seen: ReadonlyMap<string, Seen>, unpackedBytes: number, files: number): string {
  const of = (kind: (typeof kinds)[number]) => seen.get(kind) as Seen;
  // Round by round: what else the machine does is the same for both.
  const beyond = (what: 'read' | 'verify', time: 'cold' | 'warm') =>
    median(of('check')[time].map((ms, at) => ms - (of(what)[time][at] ?? 0)));
  const speed = (ms: number) =>
    `${Math.round((files / ms) * 1e3).toLocaleString('en')} files/s, ${Math.round(unpackedBytes / 1e3 / ms)} MB/s`;
  const names = {
    read: 'reading its layers',
    verify: 'reading them and verifying their diff IDs',
    check: 'checking it',
    kept: 'checking it again, all kept',
  };
  const rows = kinds.map((kind) => {
    const { cold, warm, peakBytes } = of(kind);
    const [first, later, read] = [median(cold), median(warm), median(of('read').warm)];
    const rate = kind === 'kept' ? '' : speed(later);
    return [
      names[kind],
      first.toFixed(1),
      later.toFixed(1),
      (later / read).toFixed(2),
      rate,
      (peakBytes / 1e6).toFixed(0),
    ];
  });
  const columns = [
    { title: 'what' },
    { title: 'first, ms', align: 'right' },
    { title: 'later, ms', align: 'right' },
    { title: '× reading', align: 'right' },
    { title: 'speed' },
    { title: 'peak, MB', align: 'right' },
  ] as const;
  const verdict = (text: string, ms: number) =>
    `- ${ms <= wantedMs ? 'reached' : '**missed**'}: ${text}, ${ms.toFixed(1)} ms (wanted: at most ${wantedMs} ms)`;
  return `\`npm run bench:check\`, ${describeMachine()}. ${rounds} rounds; ${files.toLocaleString('en')} files, ${(unpackedBytes / 1e6).toFixed(0)} MB unpacked.

${markdownTable(columns, rows)}

${verdict('beyond reading, in a process that did it before', beyond('read', 'warm'))}
${verdict('beyond reading, in a process that just began', beyond('read', 'cold'))}
${verdict('beyond reading and verifying, in a process that did it before', beyond('verify', 'warm'))}
${verdict('beyond reading and verifying, in a process that just began', beyond('verify', 'cold'))}
`;
}

await withBench(30, async (bench) => {
  console.log(await measureChecks(bench));
});

import type { Finding } from '@catamaran/check';
import { expect, it } from 'vitest';
import { styler } from '../process/styler.ts';
import { countFindings } from './check-document.ts';
import { checkText } from './check-text.ts';

const platform = (name: string, findings: readonly Finding[]) => ({
  platform: name,
  elfFiles: 2,
  counts: countFindings(findings),
  findings,
});
const wrong: Finding = {
  rule: 'machine',
  level: 'error',
  path: '/app/a.node',
  message: 'is for amd64, the image is for arm64',
};
const root: Finding = { rule: 'root-user', level: 'warning', message: 'no user is set, so it runs as root' };
const wasted: Finding = {
  rule: 'machine',
  level: 'note',
  path: '/app/node_modules/a',
  message: 'has a file for other platforms, which nothing loads here',
  wastedBytes: 1_200_000,
};

it('tells the worst first, once for all platforms that have it, and what to do', () => {
  const platforms = [
    platform('linux/amd64', [root, wasted]),
    platform('linux/arm64', [wrong, root, { ...wrong, path: '/b\u001b[2J', silenced: 'It is meant to be.' }]),
  ];
  expect(checkText('app', platforms, styler(false))).toBe(`app
linux/amd64  2 ELF files  1 warning, 1 note
linux/arm64  2 ELF files  1 error, 1 warning, 1 silenced

error  A binary is for another CPU  machine
  linux/arm64  /app/a.node is for amd64, the image is for arm64
  → Install the package for the image’s platform; with npm that is \`npm ci --os=linux --cpu=…\`, and \`catamaran build\` does it by itself.

warning  The service runs as root  root-user
  no user is set, so it runs as root
  → Set a user: \`user: 65532\` in catamaran.config.ts, or \`USER\` in a Dockerfile.

note  Files for other platforms are in the image  machine
  linux/amd64  /app/node_modules/a has a file for other platforms, which nothing loads here (1.2 MB)
  → Nothing has to be done; leaving these files out makes the image smaller.
`);
});

it('shows some of many, and nothing that a terminal obeys', () => {
  const many = Array.from({ length: 20 }, (_, at) => ({ ...wrong, path: `/${at}\u001b[2J` }));
  const text = checkText('app', [platform('linux/arm64', many)], styler(false));
  expect(text).toContain('/0\ufffd[2J is for amd64');
  expect(text).toContain('  … and 8 more; --json has all of them\n');
  expect(text).not.toContain('\u001b');
});

it('says so where nothing is found', () => {
  expect(checkText('app', [platform('linux/amd64', [])], styler(false))).toBe(
    'app\nlinux/amd64  2 ELF files  nothing found\n',
  );
});

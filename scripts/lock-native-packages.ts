// Writes test/native-packages/package-lock.json anew, for the packages and versions in test/native-packages.json.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lockPath, writeWorkspaces } from '../test/support/native-packages.ts';

const folder = mkdtempSync(join(tmpdir(), 'catamaran-lock-'));
try {
  await writeWorkspaces(folder);
  // Where the packages were fetched from is nobody else's business, and not theirs to follow.
  const flags = [
    '--package-lock-only',
    '--ignore-scripts',
    '--omit-lockfile-registry-resolved',
    '--no-audit',
    '--no-fund',
  ];
  execFileSync('npm', ['install', ...flags], { cwd: folder, stdio: 'inherit' });
  mkdirSync(dirname(lockPath), { recursive: true });
  writeFileSync(lockPath, readFileSync(join(folder, 'package-lock.json')));
} finally {
  rmSync(folder, { recursive: true });
}

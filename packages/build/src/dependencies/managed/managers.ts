import { bun } from './bun.ts';
import type { ManagerName, PackageManager } from './package-manager.ts';
import { pnpm } from './pnpm.ts';
import { yarn } from './yarn.ts';
import { yarnClassic } from './yarn-classic.ts';

export const managers: Readonly<Record<ManagerName, PackageManager>> = {
  pnpm,
  yarn,
  'yarn-classic': yarnClassic,
  bun,
};

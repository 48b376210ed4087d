import type { RunOptions } from '../host.ts';
import { ownPlatform } from './test-image.ts';

export const runOptions: RunOptions = {
  name: 'bookstore',
  platform: ownPlatform(),
  limits: { vcpu: 0.5, memoryMiB: 256 },
  port: 8080,
  env: {},
  network: 'private',
};

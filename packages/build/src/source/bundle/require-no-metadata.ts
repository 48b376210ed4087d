import { relative } from 'node:path';
import { buildErrors } from '../../errors.ts';
import type { Tsconfigs } from './tsconfigs.ts';

/**
 * NestJS and others find what to inject by the types that TypeScript writes beside decorators. No bundler does, and
 * the service would notice only when it runs.
 * @throws CATA_DECORATOR_METADATA
 */
export function requireNoMetadata(decorated: readonly string[], tsconfigs: Tsconfigs, folder: string): void {
  for (const file of decorated) {
    const tsconfig = tsconfigs.of(file);
    if (!tsconfig?.options.emitDecoratorMetadata) continue;
    throw buildErrors.CATA_DECORATOR_METADATA({ file: relative(folder, file), tsconfig: tsconfig.path });
  }
}

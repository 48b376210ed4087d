import type { GeneratorResponse } from '@catamaran/load';
import { formatPlatform } from '@catamaran/oci';
import type { TargetRecord } from '@catamaran/report';
import type { Service } from '@catamaran/run';
import { cliErrors } from '../errors.ts';

/**
 * What runs is what was meant to run: by the executable's ELF header, and by the service's own word where its
 * health answer has an `arch`.
 * @throws CATA_ARCHITECTURE_WRONG
 */
export function confirmArchitecture(
  service: Service,
  health: GeneratorResponse,
): TargetRecord['architecture'] {
  const { architecture } = service.platform;
  const answered = archOf(health.body);
  for (const value of [service.machine, answered]) {
    if (value !== undefined && value !== architecture) {
      throw cliErrors.CATA_ARCHITECTURE_WRONG({
        platform: formatPlatform(service.platform),
        answered: value,
      });
    }
  }
  return {
    value: architecture,
    confirmedBy: answered === undefined ? ['elf header'] : ['elf header', 'health response'],
  };
}

function archOf(body: string): string | undefined {
  try {
    const { arch } = JSON.parse(body) as { arch?: unknown };
    return typeof arch === 'string' ? arch : undefined;
  } catch {
    return undefined;
  }
}

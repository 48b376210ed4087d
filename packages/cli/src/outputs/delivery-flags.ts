import type { CheckReportFlags } from '../commands/project-flags.ts';
import { cliErrors } from '../errors.ts';
import { requireTag } from '../location/require-tag.ts';
import type { Terminal } from '../process/terminal.ts';
import type { DeliveryOptions } from './deliveries.ts';
import type { Output } from './output.ts';
import { parseOutput } from './parse-output.ts';
import { stdoutOutput } from './stdout-output.ts';

export interface DeliveryFlags extends CheckReportFlags {
  readonly layout: string;
  readonly output?: readonly string[];
  readonly load?: boolean;
  /** Of the image in the engine. */
  readonly tag?: readonly string[];
  readonly json?: boolean;
  readonly watch?: boolean;
}

export interface ParsedDeliveries extends DeliveryOptions {
  /** The one that goes to stdout. */
  readonly toStdout: Output | undefined;
}

/** @throws CATA_OUTPUT_INVALID, CATA_TAG_INVALID, CATA_USAGE */
export function deliveryOptions(flags: DeliveryFlags, stdout: Pick<Terminal, 'isTTY'>): ParsedDeliveries {
  const { layout, checkReport, tag = [], load = false } = flags;
  const outputs = (flags.output ?? []).map(parseOutput);
  requireOneEach(outputs);
  if (tag.length > 0 && !load) {
    const reason = `--tag ${tag[0]} names an image in Docker or Podman, and is for --load; an --output has name=….`;
    throw cliErrors.CATA_USAGE({ reason });
  }
  for (const text of tag) requireTag(text);
  return {
    layout,
    ...(checkReport === undefined ? {} : { checkReport }),
    outputs,
    load: load ? { tags: tag } : undefined,
    toStdout: stdoutOutput(outputs, flags, stdout),
  };
}

/** Archives are replaced as a whole: of two in one place, one would be lost. A layout takes several names. */
function requireOneEach(outputs: readonly Output[]): void {
  const dests = outputs.filter(({ type }) => type !== 'oci').map(({ dest }) => dest);
  const twice = outputs.find(
    ({ dest }) => dest !== '-' && dests.filter((other) => other === dest).length > 1,
  );
  if (!twice) return;
  throw cliErrors.CATA_OUTPUT_INVALID({
    text: twice.text,
    reason: `another goes to "${twice.dest}" as well`,
  });
}

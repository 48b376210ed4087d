import { buildErrors } from '@catamaran/build';
import { checkErrors } from '@catamaran/check';
import { loadErrors } from '@catamaran/load';
import {
  archiveErrors,
  credentialErrors,
  type ErrorTable,
  ecrErrors,
  engineErrors,
  ociErrors,
  registryErrors,
} from '@catamaran/oci';
import { reportErrors } from '@catamaran/report';
import { runErrors } from '@catamaran/run';
import { cliErrors } from './errors.ts';

/** Every error that a person can meet, by the package that throws it; docs/errors.md is made of it. */
export const errorTables: Readonly<Record<string, ErrorTable>> = {
  oci: ociErrors,
  archive: archiveErrors,
  registry: registryErrors,
  credentials: credentialErrors,
  ecr: ecrErrors,
  engine: engineErrors,
  build: buildErrors,
  check: checkErrors,
  run: runErrors,
  load: loadErrors,
  report: reportErrors,
  cli: cliErrors,
};

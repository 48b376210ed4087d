import { defineErrors } from '@catamaran/oci';
import { baseErrors } from './bases/errors.ts';
import { managedErrors } from './dependencies/managed/errors.ts';
import { downloadErrors } from './download/errors.ts';
import { executionErrors } from './execution/errors.ts';
import { nativeErrors } from './native/errors.ts';
import { npmErrors } from './npm/errors.ts';
import { projectErrors } from './project/errors.ts';
import { sourceErrors } from './source/errors.ts';

/** What can go wrong between a project and its image; each room has its own part of the table. */
export const buildErrors = defineErrors({
  ...projectErrors,
  ...npmErrors,
  ...managedErrors,
  ...nativeErrors,
  ...sourceErrors,
  ...executionErrors,
  ...baseErrors,
  ...downloadErrors,
});

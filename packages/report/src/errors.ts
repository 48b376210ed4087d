import { defineErrors } from '@catamaran/oci';

/** What can go wrong with a run record that is read back. */
export const reportErrors = defineErrors({
  CATA_RECORD_NOT_JSON: {
    fault: 'user',
    message: 'The run record "{path}" is not JSON: {reason}.',
    hint: 'Name the JSON file that the run wrote, whole and unchanged, or measure again.',
  },
  CATA_RECORD_VERSION_UNKNOWN: {
    fault: 'user',
    message:
      'The run record "{path}" has schemaVersion {version}, and this version of Catamaran reads {known}.',
    hint: 'Name a run record, not another JSON file, and read it with a version of Catamaran that knows it.',
  },
  CATA_RECORD_INVALID: {
    fault: 'user',
    message: 'The run record "{path}" is at fault at {field}: {reason}; it holds {value}{others}.',
    hint: 'Restore the file as the run wrote it, or measure again.',
  },
});

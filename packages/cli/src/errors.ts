import { defineErrors } from '@catamaran/oci';

/** What can go wrong between the command line and the libraries. */
export const cliErrors = defineErrors({
  CATA_USAGE: {
    fault: 'user',
    message: '{reason}',
    hint: 'Run "catamaran --help", or "catamaran <command> --help".',
  },
  CATA_SOURCE_DATE_EPOCH_INVALID: {
    fault: 'user',
    message: 'SOURCE_DATE_EPOCH is "{text}", which is not a number of seconds up to the year 2242.',
    hint: 'Set it to seconds since 1970-01-01 UTC, as in "git log -1 --format=%ct", or unset it.',
  },
  CATA_CHECK_FAILED: {
    fault: 'user',
    message: '{count} in {image}:\n{findings}\n',
    hint: 'Nothing was stored. For a library that is missing add its Debian package to base.packages; a file for another CPU has to come from a package with a build for every platform.',
  },
  CATA_CACHE_UNUSABLE: {
    fault: 'machine',
    message: 'The cache in "{path}" cannot be used: {reason}.',
    hint: 'Check the folder and its disk, or name another one with XDG_CACHE_HOME.',
  },
  CATA_LOAD_FILE_MISSING: {
    fault: 'user',
    message: 'There is no load test at "{path}".',
    hint: 'Write one in Artillery’s format (the README shows one), or name another with run.load in the configuration.',
  },
  CATA_HEALTH_TIMEOUT: {
    fault: 'user',
    message: '{platform}: {url} did not answer with 2xx within {seconds} s; last: {last}.\n{logs}',
    hint: 'Check port and run.healthPath in the configuration; give a slow start more run.startTimeoutSeconds.',
  },
  CATA_SERVICE_EXITED: {
    fault: 'user',
    message: '{platform}: the service ended with {how} before it answered.\n{logs}',
    hint: 'Its last lines are above. Variables that it needs to start go into env or run.env of the configuration.',
  },
  CATA_ARCHITECTURE_WRONG: {
    fault: 'user',
    message: '{platform}: the service says that it runs on "{answered}".',
    hint: 'The image holds a program for another CPU. Build it again; if that does not help, report it.',
  },
  CATA_SERVICE_DIED: {
    fault: 'user',
    message: '{platform}: the service ended with {how} while it was measured.\n{logs}',
    hint: 'Its last lines are above. Exit by SIGKILL often means that run.memoryMiB is too small.',
  },
  CATA_RECORD_UNREADABLE: {
    fault: 'user',
    message: 'The run record "{path}" cannot be read: {reason}.',
    hint: 'Name a .json file that "catamaran compare" wrote.',
  },
  CATA_REPORT_NOT_WRITABLE: {
    fault: 'machine',
    message: 'The report "{path}" cannot be written: {reason}.',
    hint: 'Name another place: --report for a comparison, --html for a report made again.',
  },
});

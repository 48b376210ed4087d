import { defineErrors } from '@catamaran/oci';

/** What can go wrong with load files, and with the process that makes the load. */
export const loadErrors = defineErrors({
  CATA_LOAD_FILE_SYNTAX: {
    fault: 'user',
    message: '{where}: not valid YAML: {reason}',
    hint: 'Correct that line and run again.',
  },
  CATA_LOAD_FILE_EMPTY: {
    fault: 'user',
    message: 'The load file "{path}" is empty.',
    hint: 'Give it "config" with "phases", and "scenarios": how many requests a second, for how long, and which.',
  },
  CATA_LOAD_KEY_MISSING: {
    fault: 'user',
    message: '{where}: "{key}" is missing.',
    hint: 'It must be {expected}.',
  },
  CATA_LOAD_KEY_UNKNOWN: {
    fault: 'user',
    message: '{where}: unknown key "{key}".',
    hint: 'Known here: {supported}.',
  },
  CATA_LOAD_KEY_UNSUPPORTED: {
    fault: 'user',
    message: '{where}: "{key}" works in Artillery but is not supported here.',
    hint: 'Remove it; left out silently it would change what is measured. Supported here: {supported}.',
  },
  CATA_LOAD_VALUE_INVALID: {
    fault: 'user',
    message: '{where}: "{key}" is {actual}.',
    hint: 'It must be {expected}.',
  },
  CATA_LOAD_ENVIRONMENT_UNKNOWN: {
    fault: 'user',
    message: 'The load file "{path}" has no environment "{name}".',
    hint: 'Its "config.environments" has: {known}.',
  },
  CATA_LOAD_URL_OUTSIDE_TARGET: {
    fault: 'user',
    message: '{where}: "{key}" is "{url}", which is not at the target {target}.',
    hint: 'Write a path such as "/books": every request goes to the one service that is measured.',
  },
  CATA_GENERATOR_COMMAND_MISSING: {
    fault: 'machine',
    message: 'The load generator cannot be started: the command "{command}" could not be run ({reason}).',
    hint: 'Install it, or make sure that it is on the PATH and executable.',
  },
  CATA_GENERATOR_NOT_STARTED: {
    fault: 'machine',
    message: 'The load generator ended before it was ready ({ending}). Its last output: {output}',
    hint: 'Run the same command by hand to see why: {command}',
  },
  CATA_GENERATOR_STOPPED: {
    fault: 'tool',
    message: 'The load generator ended while it was needed ({ending}). Its last output: {output}',
    hint: 'If it was killed for want of memory, lower the rate or the number of requests in flight and run again.',
  },
  CATA_GENERATOR_FAILED: {
    fault: 'tool',
    message: 'The load generator could not do its job: {reason}.',
    hint: 'Check that the base URL is one of http or https and that the plan has phases and scenarios.',
  },
  CATA_GENERATOR_BUSY: {
    fault: 'tool',
    message: 'The load generator is already running a plan, and was asked to run another for {baseUrl}.',
    hint: 'Wait for the first run to end, or launch a second generator.',
  },
});

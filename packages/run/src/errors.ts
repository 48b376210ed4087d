import { defineErrors } from '@catamaran/oci';

/** What can go wrong when an image is run on this machine. */
export const runErrors = defineErrors({
  CATA_RUN_MACHINE_UNSUPPORTED: {
    fault: 'machine',
    message: 'Images cannot be run on {system}: runc needs Linux on amd64 or arm64.',
    hint: 'Run this on such a machine or in a virtual machine. Building and checking work here all the same.',
  },
  CATA_RUN_NEEDS_ROOT: {
    fault: 'machine',
    message: 'To run a container takes root, and this process has user ID {uid}.',
    hint: 'Run the same command with sudo.',
  },
  CATA_RUNC_MISSING: {
    fault: 'machine',
    message: 'There is no "runc" in {searchPath}.',
    hint: 'Install it: apt-get install runc',
  },
  CATA_EMULATOR_MISSING: {
    fault: 'machine',
    message: '{platform} is foreign to this machine, and there is no "{emulator}" in {searchPath}.',
    hint: 'Install it: apt-get install qemu-user-static. Or leave {platform} out, or run it on a machine of that architecture.',
  },
  CATA_LAYER_PATH_BLOCKED: {
    fault: 'user',
    message: 'The image has "{path}", but there "{parent}" is a {type} and not a folder.',
    hint: 'Nothing is written through a link. Have the layer name the folder by its real path.',
  },
  CATA_LAYER_LINK_BROKEN: {
    fault: 'user',
    message: 'The image has "{path}" as a hard link to "{target}", which is a file in none of its layers.',
    hint: 'The layer is damaged, or made for another base. Build or fetch the image again.',
  },
  CATA_LAYER_ENTRY_UNUSABLE: {
    fault: 'user',
    message: 'The image has "{path}", which Linux cannot make: {reason}.',
    hint: 'Do not use this image, or have its layer made again; no tool makes such an entry by itself.',
  },
  CATA_IMAGE_TOO_LARGE: {
    fault: 'user',
    message: 'Up to its layer {digest} the image unpacks to more than {maxBytes} bytes.',
    hint: 'A Fargate task has room for 20 GiB. Leave out of the image what the service can do without.',
  },
  CATA_IMAGE_TOO_MANY_FILES: {
    fault: 'user',
    message: 'Up to its layer {digest} the image has more than {limit}.',
    hint: 'Leave out of the image what the service can do without; if it is not yours, find out where it came from.',
  },
  CATA_UNPACK_FAILED: {
    fault: 'machine',
    message: '"{path}" cannot be written to "{folder}": {reason}.',
    hint: 'Check that the folder may be written to and that its disk has room.',
  },
  CATA_ENTRYPOINT_EMPTY: {
    fault: 'user',
    message: 'The image of "{name}" has neither an Entrypoint nor a Cmd.',
    hint: 'Name the command to start in the configuration and build again.',
  },
  CATA_ENTRYPOINT_MISSING: {
    fault: 'user',
    message: 'The image is to start "{command}", which is not an executable file in it (PATH is "{path}").',
    hint: 'Correct the command, or add the file to the image.',
  },
  CATA_ENTRYPOINT_UNKNOWN: {
    fault: 'user',
    message: 'The image is to start "{path}", which is not an ELF executable for amd64 or arm64.',
    hint: 'Build the executable for Linux and one of these architectures.',
  },
  CATA_USER_UNKNOWN: {
    fault: 'user',
    message: 'The image runs as "{user}", but its /{file} has no "{name}".',
    hint: 'Write the user as numbers, as in "65532:65532", or add it to the file.',
  },
  CATA_RUNC_FAILED: {
    fault: 'machine',
    message: 'runc cannot start "{name}": {reason}',
    hint: 'The reason is in the words of runc, which must be able to make control groups and namespaces: inside a container it needs --privileged.',
  },
  CATA_SERVICE_ENDED_AT_ONCE: {
    fault: 'user',
    message: '"{name}" on {platform} ended at once with {exit}. Its last lines:\n{log}',
    hint: 'Start it with the same command and environment on its own to see why.',
  },
  CATA_SERVICE_NOT_REMOVED: {
    fault: 'machine',
    message: 'The container "{id}" could not be removed: {reason}.',
    hint: 'The next run tries again. By hand: delete the folder "{folder}" when no process uses it.',
  },
  CATA_CGROUP_NOT_FOUND: {
    fault: 'machine',
    message: 'The control group of process {pid} cannot be found: {reason}.',
    hint: 'Mount the cpu and memory control groups below /sys/fs/cgroup, as every current distribution does.',
  },
  CATA_STATS_UNREADABLE: {
    fault: 'machine',
    message: 'The statistics of "{name}" cannot be read: {reason}.',
    hint: 'They are there only while the service runs; see whether it has ended, and its last lines.',
  },
});

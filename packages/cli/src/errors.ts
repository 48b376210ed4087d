import { defineErrors } from '@catamaran/oci';

/** What can go wrong between the command line and the libraries. */
export const cliErrors = defineErrors({
  CATA_USAGE: {
    fault: 'user',
    message: '{reason}',
    hint: 'Run "catamaran --help", or "catamaran <command> --help".',
  },
  CATA_OUTPUT_NOT_WRITABLE: {
    fault: 'machine',
    message: 'What there is to print cannot be written: {reason}.',
    hint: 'The work is done. Look at what the output was sent to, and at its disk, and run the command again.',
  },
  CATA_SOURCE_DATE_EPOCH_INVALID: {
    fault: 'user',
    message: 'SOURCE_DATE_EPOCH is "{text}", which is not a number of seconds up to the year 2242.',
    hint: 'Set it to seconds since 1970-01-01 UTC, as in "git log -1 --format=%ct", or unset it.',
  },
  CATA_DOCKERFILE_UNREADABLE: {
    fault: 'user',
    message: 'The Dockerfile "{path}" cannot be read: {reason}.',
    hint: 'Name the file; "-" is for one that is piped in.',
  },
  CATA_CHECK_FAILED: {
    fault: 'user',
    message: 'The check found {count} in {image}:\n{findings}\n',
    hint: 'Nothing was stored. docs/rules.md says of each rule what to do; for a library that is missing add its Debian package to base.packages. What is meant to be is silenced, with the reason, by check.ignore in catamaran.config.ts.',
  },
  CATA_ROOTFS_UNREADABLE: {
    fault: 'user',
    message: 'The folder "{path}" cannot be checked: {reason}.',
    hint: 'Name the root folder of an unpacked file system, as in: catamaran check rootfs:/mnt/image',
  },
  CATA_ROOTFS_PLATFORM: {
    fault: 'user',
    message:
      'Nothing in "{path}" says for which platform it is: it has no program for one that is known here.',
    hint: 'Say it, as in: catamaran check rootfs:folder --platform linux/arm64',
  },
  CATA_CACHE_UNUSABLE: {
    fault: 'machine',
    message: 'The cache in "{path}" cannot be used: {reason}.',
    hint: 'Check the folder and its disk, or name another one with XDG_CACHE_HOME.',
  },
  CATA_AGE_INVALID: {
    fault: 'user',
    message: 'Not an age: "{text}".',
    hint: 'Write a number and a unit: 90m, 12h, 30d or 2w.',
  },
  CATA_SIZE_INVALID: {
    fault: 'user',
    message: 'Not a size: "{text}".',
    hint: 'Write a number and a unit: 800MB, 5GB, or 2GiB in powers of 1024.',
  },
  CATA_OUTPUT_INVALID: {
    fault: 'user',
    message: '"--output {text}" cannot be used: {reason}.',
    hint: 'Write it as in --output type=oci-archive,dest=app.tar, type=docker-archive,dest=app.tar,platform=linux/arm64 or type=oci,dest=folder.',
  },
  CATA_WATCH_IMPOSSIBLE: {
    fault: 'machine',
    message: 'The folder "{path}" cannot be watched: {reason}.',
    hint: 'Raise the limit, as root: sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=1024',
  },
  CATA_LOAD_FILE_MISSING: {
    fault: 'user',
    message: 'There is no load test at "{path}".',
    hint: 'Write one in Artillery’s format (the README shows one), or name another with run.load in the configuration.',
  },
  CATA_PORT_NONE: {
    fault: 'user',
    message: '"{name}" listens on no port, so there is nothing to send requests to.',
    hint: 'Give "port" in the configuration the number that the service listens on.',
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
    hint: 'Name another place: --report for a comparison, --html for a report made again, --check-report for what a check found.',
  },
  CATA_LOCATION_INVALID: {
    fault: 'user',
    message: 'Not a place of an image: "{text}", because {reason}.',
    hint: 'Write registry.example.com/app:1, docker://alpine, oci:folder:name, oci-archive:file:name, docker-archive:file:name, or the name of an image in the layout.',
  },
  CATA_LOCATION_NAME_MISSING: {
    fault: 'user',
    message: '"{text}" does not say which image: there are {present}.',
    hint: 'Add its name with a colon, as in {text}:name.',
  },
  CATA_REGISTRY_EXPECTED: {
    fault: 'user',
    message: '"{text}" is not in a registry, and {command} works on registries.',
    hint: 'Write the registry before the name, as in registry.example.com/app, or docker.io/library/app for Docker Hub.',
  },
  CATA_REPOSITORY_EXPECTED: {
    fault: 'user',
    message: '"{text}" is one image; tags belong to a repository.',
    hint: 'Leave the tag or digest away: catamaran tags {repository}',
  },
  CATA_PLATFORM_NEEDED: {
    fault: 'user',
    message: '"{text}" is an index of several platforms, and {what} is one image’s.',
    hint: 'Choose one with --platform: {present}.',
  },
  CATA_IMAGE_EXPECTED: {
    fault: 'user',
    message: '"{text}" is no image but {what}.',
    hint: 'Look at it with "catamaran inspect", or name an image.',
  },
  CATA_IMAGE_PATH_MISSING: {
    fault: 'user',
    message: 'There is no "{path}" in the image.',
    hint: 'Look at what there is with "catamaran inspect --tree", or --path of a folder above it.',
  },
  CATA_DIFF_PLATFORMS: {
    fault: 'user',
    message: 'It is not said which two to compare: "{text}" has {present}.',
    hint: 'Name another image after it, or two of its platforms, as in --platform linux/amd64,linux/arm64.',
  },
  CATA_NOTHING_TO_CHECK: {
    fault: 'user',
    message: '"{text}" has no image that can be checked: it has {present}.',
    hint: 'Binaries are judged for {known}. Name an image for one of these.',
  },
  CATA_PUSH_NOWHERE: {
    fault: 'user',
    message: 'It is not said where to push "{name}" to.',
    hint: 'Name it after the folder, as in "catamaran push . registry.example.com/{name}:1", or in publish.to of the configuration.',
  },
  CATA_PUSH_TARGET_INVALID: {
    fault: 'user',
    message: 'Nothing can be pushed to "{text}": {reason}.',
    hint: 'Name a registry, a repository and a tag, as in registry.example.com/app:1 or docker.io/you/app:1.',
  },
  CATA_TAG_INVALID: {
    fault: 'user',
    message: 'Not a tag: "{text}".',
    hint: 'A tag has up to 128 letters, digits, "_", "." and "-", and begins with none of the last two.',
  },
  CATA_DELETE_UNNAMED: {
    fault: 'user',
    message: '"{text}" does not say what to delete: {reason}.',
    hint: 'Name one tag, as in {repository}:1, or a digest, as in {repository}@sha256:…, which takes all its tags with it.',
  },
  CATA_CA_UNREADABLE: {
    fault: 'user',
    message: 'The certificates in "{path}" cannot be read: {reason}.',
    hint: 'Name a file with the authority’s certificate in PEM with --ca.',
  },
  CATA_CA_INVALID: {
    fault: 'user',
    message: 'There are no certificates in "{path}" that can be used: {reason}.',
    hint: 'A certificate in PEM begins with "-----BEGIN CERTIFICATE-----"; make one of DER with "openssl x509 -inform der".',
  },
  CATA_PROXY_INVALID: {
    fault: 'user',
    message: 'The proxy "{text}" in {variable} is no address.',
    hint: 'Write it as http://proxy.example.com:3128, or unset the variable.',
  },
});

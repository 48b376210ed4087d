import type { RuleDescription } from './rule-description.ts';

/** The rules for Dockerfiles. */
export const dockerfileRules = {
  'dockerfile-emulated': {
    level: 'warning',
    title: 'An instruction runs under emulation',
    why: 'Its stage has the platform of the target, and the builder is another: each of its programs is run by QEMU, which takes many times as long, and crashes some of them. The image is right where it ends well.',
    remedy:
      'Put it into a stage that is `FROM --platform=$BUILDPLATFORM`, tell what compiles there `$TARGETARCH`, and `COPY` the result.',
  },
  'dockerfile-build-platform': {
    level: 'warning',
    title: 'A stage could be the builder’s and is not, or its `--platform` is not what it looks like',
    why: 'A stage that only makes files for others can run on the builder’s own CPU. A `--platform` that is empty ends the build; on `FROM stage` it has no effect; an image that is named in `COPY --from` is the target’s, in a stage of the builder’s platform too.',
    remedy: 'Write `FROM --platform=$BUILDPLATFORM image AS name`.',
  },
  'dockerfile-constant-platform': {
    level: 'error',
    title: 'A stage is for one platform, whatever the target is',
    why: 'BuildKit labels the image with its target’s platform all the same: the image for linux/arm64 then holds programs for linux/amd64, and ends with `exec format error`. In a stage that only makes files for others it is a warning: emulated wherever the builder is another.',
    remedy:
      'Leave `--platform` out of the stage that becomes the image, and out of those that it is built on; in others write `$BUILDPLATFORM`. Names such as `arm64v8/node` are one platform’s: use `node`.',
  },
  'dockerfile-target-arch': {
    level: 'error',
    title: '`TARGETARCH` and its like are empty, hidden or not used',
    why: 'In a stage BuildKit sets `TARGETARCH` only after `ARG TARGETARCH`; with a default, the default wins on every platform. What then compiles or downloads takes the wrong architecture, or the one that it was told in so many words.',
    remedy: 'Say `ARG TARGETARCH`, without a default, in the stage, and use it. npm calls amd64 `x64`.',
  },
  'dockerfile-native-output': {
    level: 'warning',
    title: 'The builder’s programs get into another platform’s image',
    why: 'A stage of the builder’s platform compiles for the builder unless it is told otherwise; npm chooses packages, and install scripts make programs, for the machine that they run on. It is an error where the very file that was compiled is copied; what is copied may also be neutral, as a bundle of JavaScript is.',
    remedy:
      'Go: `GOARCH=$TARGETARCH go build`. .NET: `dotnet publish -a $TARGETARCH`. Rust: `cargo build --target …`. npm: `npm ci --ignore-scripts --os=linux --cpu=…`, where amd64 is `x64`.',
  },
  'dockerfile-arg-scope': {
    level: 'warning',
    title: 'An argument is used outside of its scope',
    why: 'What `ARG` says before the first `FROM` is for `FROM` lines; in a stage it is empty until `ARG NAME` is said again. A `FROM` line sees nothing that a stage says: that is an error.',
    remedy: 'Repeat `ARG NAME`, without the value, in each stage that uses it.',
  },
  'dockerfile-pinned-base': {
    level: 'warning',
    title: 'A base for several platforms is pinned by a digest',
    why: 'The digest may be that of an index, which is right, or of one platform’s image, whose files every platform then gets. The file does not tell; the registry does.',
    remedy:
      'Compare it with what `catamaran digest node:24` prints, the digest of what the name stands for: the index where there is one.',
  },
  'dockerfile-arch-url': {
    level: 'error',
    title: 'A file for one architecture is taken for every platform',
    why: 'An address or a file name has an architecture in it that does not come from `TARGETARCH`. In a stage of the builder’s platform it is a warning: it may be a tool.',
    remedy:
      'Say `ARG TARGETARCH`, and put `$TARGETARCH` in its place, or choose with `case "$TARGETARCH" in`.',
  },
  'dockerfile-arch-package': {
    level: 'warning',
    title: 'A package of one architecture is installed for every platform',
    why: '`libc6:amd64` and `dpkg --add-architecture amd64` say the same whatever the target is; for another one the package is missing, or the wrong one.',
    remedy: 'Leave the architecture out, or take it from `TARGETARCH`.',
  },
  'dockerfile-syntax': {
    level: 'error',
    title: 'The Dockerfile is not valid',
    why: 'BuildKit refuses it. What is beside the fault was judged all the same.',
    remedy: 'Correct the line. https://docs.docker.com/reference/dockerfile/ has what there is.',
  },
} as const satisfies Record<string, RuleDescription>;

import { defineErrors } from '../errors/define-errors.ts';

/** What can go wrong between Catamaran and a Docker or Podman that runs. */
export const engineErrors = defineErrors({
  CATA_ENGINE_UNREACHABLE: {
    fault: 'machine',
    message: 'No Docker or Podman answers. Tried:\n{tried}',
    hint: 'Start one ("systemctl start docker", "systemctl --user start podman.socket"), or name the socket of one that runs with DOCKER_HOST, as in unix:///var/run/docker.sock.',
  },
  CATA_ENGINE_ADDRESS_INVALID: {
    fault: 'user',
    message: 'The address "{text}" of {source} cannot be used: {reason}.',
    hint: 'Write it as unix:///var/run/docker.sock or tcp://127.0.0.1:2375, or unset it to use the local Docker or Podman.',
  },
  CATA_ENGINE_CONTEXT_INVALID: {
    fault: 'user',
    message: 'The Docker context "{name}", which {source} names, cannot be used: {reason}.',
    hint: '"docker context ls" shows those that there are; "docker context use default" chooses the local Docker.',
  },
  CATA_ENGINE_PLATFORM: {
    fault: 'user',
    message: '{engine} runs {platform}, and there is no image for that: there are {present}.',
    hint: 'Choose the one to load with --platform, or build for {platform} too.',
  },
  CATA_ENGINE_REFUSED: {
    fault: 'remote',
    message: '{engine} at {address} does not take the image: {reason}.',
    hint: 'See what the engine’s log says, and whether its disk has room.',
  },
  CATA_ENGINE_BROKE_OFF: {
    fault: 'remote',
    message: '{engine} at {address} broke off: {reason}.',
    hint: 'See whether it still runs, and try again.',
  },
});

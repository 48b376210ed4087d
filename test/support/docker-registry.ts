export {
  type DockerRegistry as Registry,
  startDockerRegistry as startRegistry,
} from '../../packages/oci/src/testing/docker-registry/start-docker-registry.ts';

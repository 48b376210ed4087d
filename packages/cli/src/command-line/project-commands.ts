import { join } from 'node:path';
import type { Command } from 'commander';
import {
  buildPlatformOption,
  checkReportOption,
  jsonOption,
  layoutOption,
  loadOption,
  loadTagOption,
  outputOption,
  tagOption,
  watchOption,
  withExamples,
  withRegistries,
} from './options.ts';

/** The commands that begin with a project's folder. They are imported when they are called. */
export function addProjectCommands(program: Command): void {
  addBuild(program);
  addPush(program);
  addCompare(program);
  addReport(program);
}

const outputHelp = `
Outputs, beside the layout:
  type=oci,dest=folder             another OCI image layout
  type=oci-archive,dest=file       one in a tar file
  type=docker-archive,dest=file    what “docker load” reads; it holds one platform
  …,platform=linux/arm64           that platform alone
  …,name=app:1.2                   under that name instead of the project’s
An archive’s dest may be “-”, which is stdout; the digest goes to stderr then.

--load takes the engine of DOCKER_HOST or of the Docker context, or else the first that answers at
the usual places of Docker and Podman. It gets its own platform’s image, or that of --platform; a
Docker with containerd’s image store gets all platforms.`;

function addBuild(program: Command): void {
  const command = program
    .command('build')
    .description('build an image for every platform, check it, and print its digest')
    .argument('[dir]', 'folder of the project', '.')
    .addOption(buildPlatformOption)
    .addOption(layoutOption)
    .addOption(outputOption)
    .addOption(loadOption)
    .addOption(loadTagOption)
    .addOption(checkReportOption)
    .addOption(watchOption)
    .action(async (dir, flags) => (await import('../commands/build.ts')).build(dir, flags));
  withExamples(
    withRegistries(command),
    'catamaran build',
    'catamaran build samples/bookstore --load && docker run --rm bookstore',
    'catamaran build --watch --load',
    'catamaran build --output type=oci-archive,dest=app.tar',
    'catamaran build -p linux/arm64 -o type=docker-archive,dest=- | ssh pi docker load',
  ).addHelpText('after', outputHelp);
}

function addPush(program: Command): void {
  const command = program
    .command('push')
    .description('build as “build” does, and put the image into registries')
    .argument('[dir]', 'folder of the project; “.” when the first argument names a registry')
    .argument('[ref...]', 'where to, with the registry; publish.to of the configuration when none is named')
    .addOption(tagOption)
    .addOption(buildPlatformOption)
    .addOption(layoutOption)
    .addOption(checkReportOption)
    .action(async (dir, references, flags) =>
      (await import('../commands/push.ts')).push(dir === undefined ? [] : [dir, ...references], flags),
    );
  withExamples(
    withRegistries(command),
    'catamaran push . registry.example.com/team/app:1.2 registry.example.com/team/app:latest',
    'catamaran push samples/bookstore --tag 1.2     where its publish.to says',
    'catamaran push localhost:5000/bookstore        the project in this folder',
  ).addHelpText(
    'after',
    `
Logins are those of docker, podman and skopeo. Where there are none, as in CI, set CATAMARAN_REGISTRY,
CATAMARAN_REGISTRY_USERNAME and CATAMARAN_REGISTRY_PASSWORD. For Amazon ECR, AWS credentials do.`,
  );
}

function addCompare(program: Command): void {
  const command = program
    .command('compare')
    .description('build, run every platform under the same limits, load each, and report')
    .argument('[dir]', 'folder of the project', '.')
    .addOption(buildPlatformOption)
    .addOption(layoutOption)
    .option('-e, --environment <name>', 'of config.environments in the load file, as in Artillery')
    .option('--vcpu <number>', 'CPU limit, instead of run.vcpu')
    .option('--memory <MiB>', 'memory limit, instead of run.memoryMiB')
    .option('--report <folder>', 'where the reports go', join('.catamaran', 'reports'))
    .action(async (dir, flags) => (await import('../commands/compare.ts')).compare(dir, flags));
  withExamples(
    withRegistries(command),
    'catamaran compare samples/bookstore --environment quick',
    'catamaran compare --vcpu 1 --memory 2048',
  );
}

function addReport(program: Command): void {
  program
    .command('report')
    .description('make the reports of a run again from its record')
    .argument('<record>', 'the .json that "compare" wrote')
    .option('--html <file>', 'write the HTML report there')
    .addOption(jsonOption)
    .action(async (record, flags) => (await import('../commands/report.ts')).report(record, flags));
}

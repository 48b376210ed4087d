import { describe, expect, it } from 'vitest';
import { locateCgroup } from './locate-cgroup.ts';

const splitV1 = `
31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct
35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
`;

describe('locateCgroup', () => {
  it('finds the hierarchies of version 1 on a hybrid machine', () => {
    const cgroups = '4:memory:/catamaran-1\n2:cpu,cpuacct:/catamaran-1\n0::/\n';
    expect(locateCgroup(1, cgroups, splitV1)).toEqual({
      version: 1,
      cpu: '/sys/fs/cgroup/cpu,cpuacct/catamaran-1',
      cpuacct: '/sys/fs/cgroup/cpu,cpuacct/catamaran-1',
      memory: '/sys/fs/cgroup/memory/catamaran-1',
    });
  });

  it('finds the one hierarchy of version 2', () => {
    const mountInfo = '30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n';
    const expected = { version: 2, unified: '/sys/fs/cgroup/catamaran-1' };
    expect(locateCgroup(1, '0::/catamaran-1\n', mountInfo)).toEqual(expected);
  });

  it('leaves out the part of a hierarchy above what is mounted, and reads escaped names', () => {
    const mountInfo = '30 23 0:26 /docker/12 /a\\040folder/cgroup rw - cgroup2 cgroup2 rw\n';
    expect(locateCgroup(1, '0::/docker/12/catamaran-1\n', mountInfo)).toEqual({
      version: 2,
      unified: '/a folder/cgroup/catamaran-1',
    });
    expect(() => locateCgroup(1, '0::/docker/13/catamaran-1\n', mountInfo)).toThrow('lies outside of');
  });

  it('says what is not mounted', () => {
    expect(() => locateCgroup(7, '0::/x\n', '')).toThrow('control group of process 7');
    expect(() => locateCgroup(7, '4:memory:/x\n', splitV1)).toThrow('"cpu"');
  });
});

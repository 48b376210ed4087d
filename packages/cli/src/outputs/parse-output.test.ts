import { describe, expect, it } from 'vitest';
import { parseOutput } from './parse-output.ts';

describe('parseOutput', () => {
  it('reads type and dest, and which image', () => {
    const text = 'type=docker-archive,dest=out/app.tar,platform=linux/arm64/v8,name=team.example.com/app:1.2';
    expect(parseOutput(text)).toEqual({
      type: 'docker-archive',
      dest: 'out/app.tar',
      platform: expect.objectContaining({ os: 'linux', architecture: 'arm64' }),
      name: { registry: 'team.example.com', repository: 'app', tag: '1.2' },
      text,
    });
    expect(parseOutput('dest=-, type=oci-archive')).toMatchObject({ type: 'oci-archive', dest: '-' });
    // Names in layouts are free.
    expect(parseOutput('type=oci,dest=a=b,name=Any Name')).toMatchObject({
      dest: 'a=b',
      name: { repository: 'Any Name' },
    });
  });

  it.each([
    { text: '', says: '"" has no "="' },
    { text: 'oci-archive:a.tar', says: 'has no "="' },
    { text: 'dest=a.tar', says: 'it has no type' },
    { text: 'type=oci-archive', says: 'it has no dest' },
    { text: 'type=oci-archive,dest=', says: 'its dest is empty' },
    { text: 'type=docker,dest=a.tar', says: 'you may mean "docker-archive"' },
    { text: 'type=registry,dest=a', says: '"catamaran push"' },
    {
      text: 'type=squashfs,dest=a',
      says: 'there is no type "squashfs"; there are oci, oci-archive, docker-archive.',
    },
    {
      text: 'type=oci,dest=a,colour=red',
      says: 'there is no "colour"; there are type, dest, name, platform',
    },
    { text: 'type=oci,dest=a,dest=b', says: 'it has two of "dest"' },
    { text: 'type=oci,dest=a.tar', says: 'type=oci-archive' },
    { text: 'type=oci,dest=-', says: 'type=oci-archive' },
    { text: 'type=oci,dest=a,platform=linux/s390x', says: 'unknown platform "linux/s390x"' },
    { text: 'type=docker-archive,dest=a.tar,name=App', says: 'not an image reference: "App"' },
  ])('refuses "$text"', ({ text, says }) => {
    expect(() => parseOutput(text)).toThrow(`"--output ${text}" cannot be used: `);
    expect(() => parseOutput(text)).toThrow(says);
  });
});

import { expect, it } from 'vitest';
import { shownOutput } from './shown-output.ts';

it.each([
  'open /home/ada/.password-store/docker-credential-helpers/key: no such file or directory',
  'User: arn:aws:iam::123456789012:user/sailor is not authorized to perform: ecr:CreateRepository',
  'request 1c4e2d3f-0b1a-4c5d-8e9f-001122334455 of role/github-actions-deploy-role-2',
  'The security token included in the request is expired',
])('leaves what helps: %s', (text) => {
  expect(shownOutput(text)).toBe(text);
});

it.each([
  ['x-amz-security-token:IQoJb3JpZ2luX2VjEJr/', 'x-amz-security-token:***'],
  ['{"password": "correct horse"}', '{"password": ***'],
  ['key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY is wrong', 'key *** is wrong'],
  ['refused 0123456789abcdef0123456789abcdef01234567', 'refused ***'],
  ['refused open sesame twice: open sesame', 'refused *** twice: ***'],
  ['two\r\nlines\u001b[2J', 'two lines [2J'],
  ['long '.repeat(100), `${'long '.repeat(60)}…`],
])('hides or cuts %j', (text, shown) => {
  expect(shownOutput(text, ['open sesame', ''])).toBe(shown);
});

import { expect, it } from 'vitest';
import { checkPageEndpoints } from '../../src/driver/pageEndpoints.js';

it.each([
  'wss://radio.example/iq',
  'ws://127.0.0.1:8080/iq',
  '/iq',
  'tcp://127.0.0.1:5555', // for a run in virtual time
  'inproc://a',
  ['wss://a/b', '/iq'],
])('takes %j', (given) => {
  expect(checkPageEndpoints('fromX', given, false)).toEqual([given].flat());
});

it.each([
  [[], 'EndpointError', 'fromX: no endpoint given'],
  [undefined, 'EndpointError', 'fromX: endpoint undefined is not a string'],
  [['/iq', '/iq'], 'EndpointError', "fromX: endpoint '/iq' is given twice"],
  ['radio.example:80', 'EndpointError', "is none; write it like 'wss://host/path', or '/path'"],
  ['wss:', 'EndpointError', "is none; write it like 'wss://host/path', or '/path'"],
  ['tcp://', 'EndpointError', 'is none'],
  ['//host/iq', 'EndpointError', 'has two slashes before its host'],
  ['wss://user:secret@host/iq', 'EndpointError', "option 'token' is for that"],
  ['gateway://1/iq', 'EndpointError', 'is bound and never connected to'],
])('refuses %j', (given, name, text) => {
  const check = (): unknown => checkPageEndpoints('fromX', given, false);
  expect(check).toThrow(expect.objectContaining({ name, message: expect.stringContaining(text) as string }));
});

it('does not take a server of NATS beside another, and shows no password of it', () => {
  const check = (): unknown => checkPageEndpoints('fromX', ['/iq', 'nats+wss://user:secret@host/base'], false);
  expect(check).toThrow(
    expect.objectContaining({
      name: 'UnsupportedError',
      message: expect.not.stringContaining('secret') as string,
    }),
  );
});

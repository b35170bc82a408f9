import { describe, expect, it } from 'vitest';
import { anyPort, parseRequest, UsageError } from '../../examples/demo/args.js';

describe('parseRequest', () => {
  it.each([
    [[], { mode: 'demo', type: 'cf32', seconds: undefined }],
    [['--type', 'ci16', '--seconds', '2.5'], { mode: 'demo', type: 'ci16', seconds: 2.5 }],
    [['--connect', 'tcp://radio:5555'], { mode: 'connect', endpoint: 'tcp://radio:5555', seconds: undefined }],
    [['--connect=ipc:///tmp/radio'], { mode: 'connect', endpoint: 'ipc:///tmp/radio', seconds: undefined }],
    [['--bind'], { mode: 'bind', endpoint: anyPort, type: 'cf64', seconds: undefined }],
    [['--bind', '--type', 'ci8'], { mode: 'bind', endpoint: anyPort, type: 'ci8', seconds: undefined }],
    [['--bind', 'tcp://*:5555'], { mode: 'bind', endpoint: 'tcp://*:5555', type: 'cf64', seconds: undefined }],
    [['--help', '--seconds', 'x'], { mode: 'help' }],
    [['-h'], { mode: 'help' }],
    [['--web'], { mode: 'web', endpoint: undefined, type: 'cf32', port: 0, seconds: undefined }],
    [
      ['--web', '--connect', 'tcp://radio:5555', '--port', '8080'],
      { mode: 'web', endpoint: 'tcp://radio:5555', type: 'cf32', port: 8080, seconds: undefined },
    ],
  ])('%j', (args, expected) => {
    expect(parseRequest(args)).toEqual(expected);
  });

  it.each([
    [['--conect', 'tcp://radio:5555'], /--conect/],
    [['--connect'], /--connect/],
    [['--connect', 'radio:5555'], /--connect: .*tcp:\/\/radio:5555/],
    [['--connect', 'tcp://127.0.0.1:*'], /--connect: .*127\.0\.0\.1:\*/],
    [['--connect', 'tpc://127.0.0.1:5555'], /--connect: .*tpc/],
    [['--connect', 'tcp://127.0.0.1:99999'], /--connect: .*99999/],
    [['--connect', ''], /--connect/],
    [['--connect', 'inproc://here'], /--connect: inproc:\/\/here/],
    [['--bind', 'nonsense'], /--bind: .*nonsense/],
    [['--bind=tcp://127.0.0.1:5555', '--connect=tcp://127.0.0.1:5555'], /--connect and --bind/],
    [['--connect', 'tcp://radio:5555', '--type', 'cf64'], /--type/],
    [['--type', 'cf16'], /--type.*cf16/],
    [['--web', '--bind'], /--web and --bind/],
    [['--web', '--port', '70000'], /--port.*70000/],
    [['--port', '8080'], /--port is for --web/],
    [['--web', '--connect', 'radio:5555'], /--connect: .*tcp:\/\/radio:5555/],
    [['--seconds', 'soon'], /--seconds.*soon/],
    [['--seconds', '0'], /--seconds.*0/],
    [['--seconds=-1'], /--seconds.*-1/],
    [['--seconds', '1e9'], /--seconds.*1e9/],
    [['tcp://radio:5555'], /tcp:\/\/radio:5555/],
  ])('refuses %j and says why', (args, message) => {
    expect(() => parseRequest(args)).toThrow(UsageError);
    expect(() => parseRequest(args)).toThrow(message);
  });
});

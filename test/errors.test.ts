import * as rxzmq from 'rxzmq';
import { describe, expect, it } from 'vitest';

const {
  CodecError,
  DrainError,
  EndpointError,
  FrameError,
  NativeLoadError,
  OptionError,
  OverflowError,
  RequestTimeoutError,
  RxZmqError,
  SecurityError,
  SocketError,
  UnsupportedError,
  VirtualTimeError,
} = rxzmq;

const cause = Object.assign(new Error('Address already in use'), { code: 'EADDRINUSE' });
const a = 'tcp://a:1';

/** One of each: its name, its code, its text and its facts. */
const securityError = new SecurityError(a, 'plain', 'no');

const all: [InstanceType<typeof RxZmqError>, string, string, string, object][] = [
  [
    new OptionError('bind', 1, "fromX: option 'bind' must be a boolean, got 1"),
    'OptionError',
    'ERR_OPTION',
    "fromX: option 'bind' must be a boolean, got 1",
    { option: 'bind', value: 1 },
  ],
  [new EndpointError(a, 'fromX: no'), 'EndpointError', 'ERR_ENDPOINT', 'fromX: no', { endpoint: a }],
  [
    new SocketError('bind', a, 'Address already in use', { cause }),
    'SocketError',
    'ERR_SOCKET',
    'bind failed on tcp://a:1: Address already in use',
    { operation: 'bind', endpoint: a, cause },
  ],
  [
    new FrameError('magic', 'no magic', { cause }),
    'FrameError',
    'ERR_FRAME',
    'no magic',
    { fault: 'magic', sampleType: undefined, cause },
  ],
  [new CodecError('no JSON', { cause }), 'CodecError', 'ERR_CODEC', 'no JSON', { cause }],
  [
    new SecurityError(a, 'curve', 'the peer closed the connection', { cause }),
    'SecurityError',
    'ERR_SECURITY',
    'security (CURVE) failed on tcp://a:1: the peer closed the connection',
    { endpoint: a, mechanism: 'curve', reason: 'the peer closed the connection', cause },
  ],
  [
    new RequestTimeoutError([a], 500, 1, false, { cause: securityError }),
    'RequestTimeoutError',
    'ERR_REQUEST_TIMEOUT',
    'no peer at tcp://a:1 within 500 ms (1 try): security (PLAIN) failed on tcp://a:1: no',
    { cause: securityError },
  ],
  [
    new DrainError([a], 500, 2, { cause: securityError }),
    'DrainError',
    'ERR_DRAIN',
    '2 frames left at tcp://a:1 after 500 ms without progress: security (PLAIN) failed on tcp://a:1: no',
    { cause: securityError },
  ],
  [
    new RequestTimeoutError([a, 'ipc://b'], 500, 1, true),
    'RequestTimeoutError',
    'ERR_REQUEST_TIMEOUT',
    'no reply from tcp://a:1, ipc://b within 500 ms (1 try)',
    { endpoints: [a, 'ipc://b'], timeoutMs: 500, tries: 1, sent: true },
  ],
  [
    new RequestTimeoutError([a], 500, 3, false),
    'RequestTimeoutError',
    'ERR_REQUEST_TIMEOUT',
    'no peer at tcp://a:1 within 500 ms (3 tries)',
    { tries: 3, sent: false },
  ],
  [
    new DrainError([a], 1000, 2),
    'DrainError',
    'ERR_DRAIN',
    '2 frames left at tcp://a:1 after 1000 ms without progress',
    { endpoints: [a], lingerMs: 1000, framesLeft: 2 },
  ],
  [
    new DrainError([a], 0, 1),
    'DrainError',
    'ERR_DRAIN',
    '1 frame left at tcp://a:1 after 0 ms without progress',
    { framesLeft: 1 },
  ],
  [
    new DrainError([a], 5, undefined),
    'DrainError',
    'ERR_DRAIN',
    'some frames left at tcp://a:1 after 5 ms without progress',
    { framesLeft: undefined },
  ],
  [
    new OverflowError(10),
    'OverflowError',
    'ERR_OVERFLOW',
    'more than 10 values wait, because the source ignores back-pressure; put bounded(...) before it, or slow the source',
    { limit: 10 },
  ],
  [new VirtualTimeError('no end'), 'VirtualTimeError', 'ERR_VIRTUAL_TIME', 'no end', {}],
  [new UnsupportedError('not here'), 'UnsupportedError', 'ERR_UNSUPPORTED', 'not here', {}],
  [new NativeLoadError('not there', { cause }), 'NativeLoadError', 'ERR_NATIVE_LOAD', 'not there', { cause }],
];

describe.each(all)('%s', (error, name, code, message, facts) => {
  it('has a name, a code, a text and its facts', () => {
    expect(error.name).toBe(name);
    expect(error.code).toBe(code);
    expect(error.message).toBe(message);
    for (const [fact, value] of Object.entries(facts)) expect(error[fact as keyof typeof error]).toEqual(value);
  });

  it('is an Error, one of ours, and one of its class', () => {
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(RxZmqError);
    expect(error).toBeInstanceOf(rxzmq[name as keyof typeof rxzmq]);
    expect(error.stack).toContain('errors.test.ts');
    expect(String(error)).toBe(`${name}: ${message}`);
  });

  it('has a cause only where it was given one', () => expect('cause' in error).toBe('cause' in facts));
});

it('is all of them', () => {
  const exported = Object.keys(rxzmq).filter((name) => name.endsWith('Error') && name !== 'RxZmqError');
  expect([...new Set(all.map(([, name]) => name))].sort()).toEqual(exported.sort());
  expect(new Set(all.map(([, , code]) => code)).size).toBe(exported.length);
});

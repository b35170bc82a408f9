import { describe, expect, it } from 'vitest';
import {
  frame,
  fromPull,
  fromSub,
  json,
  OptionError,
  raw,
  reply,
  request,
  requester,
  sigs,
  text,
  toPub,
  topic,
  toPush,
  UnsupportedError,
} from 'rxzmq';
import { thrownBy } from '../frame/arbitraries.js';
import { functions, names } from './functions.js';

const url = 'inproc://options';
const longest = 2 ** 31 - 1;

function expectRefused(call: () => unknown, option: string, value: unknown, message: string): void {
  const error = thrownBy(call);
  expect(error).toBeInstanceOf(OptionError);
  expect(error).toMatchObject({ name: 'OptionError', code: 'ERR_OPTION', option, value });
  expect(error.message).toContain(message);
}

describe.each(names)('%s', (name) => {
  const call = functions[name]!;

  it.each<[string, unknown, string]>([
    ['bind', 1, 'must be a boolean, got 1'],
    ['highWaterMark', 0, `must be an integer from 1 to ${longest}, got 0`],
    ['highWaterMark', 1.5, 'got 1.5'],
    ['highWaterMark', 2 ** 31, 'got 2147483648'],
    ['lingerMs', -1, `must be a number of milliseconds from 0 to ${longest}, or Infinity, got -1`],
    ['lingerMs', '100', "got '100'"],
    ['maxMessageBytes', 0, 'must be an integer from 1 to 9007199254740991, got 0'],
    ['highWaterBytes', 0, 'must be an integer from 1 to 9007199254740991, got 0'],
    ['maxParts', 0, 'must be an integer from 1 to 9007199254740991, got 0'],
    ['maxPeers', 0.5, 'must be an integer from 1 to 9007199254740991, got 0.5'],
    ['maxHandshakes', '9', "must be an integer from 1 to 9007199254740991, got '9'"],
    ['handshakeTimeoutMs', -1, `must be a number of milliseconds from 0 to ${longest}, got -1`],
    ['handshakeTimeoutMs', Infinity, 'got Infinity'],
    ['minBytesPerSecond', -1, 'must be an integer from 0 to 9007199254740991, got -1'],
    ['status', {}, 'must be a function or an observer with a next method, got an Object'],
    ['driver', 'zmq', "must be 'auto' or 'engine' or 'native', got 'zmq'"],
    ['driver', 'navite', "must be 'auto' or 'engine' or 'native' (did you mean 'native'?), got 'navite'"],
    ['reconnect', true, 'must be false, or an object, got true'],
    ['reconnect', { initialMs: 500, maxMs: 100 }, 'must be an object whose maxMs is at least initialMs, 500, got 100'],
    ['heartbeat', {}, 'must be false, or an object with intervalMs, got an Object'],
    ['codec', {}, 'must be a codec: an object with encode and decode'],
    ['codec', json, "(json and topic are functions that make one: 'json()'), got a function"],
  ])('refuses %s: %o at the call', (option, value, reason) => {
    expectRefused(() => call(url, { [option]: value }), option, value, reason);
    expect(thrownBy(() => call(url, { [option]: value })).message).toMatch(`${name}: option '${option}' must be `);
  });

  it.each([
    ['higWaterMark', 'highWaterMark'],
    ['heartBeat', 'heartbeat'],
    ['highWaterByte', 'highWaterBytes'],
    ['maxPart', 'maxParts'],
    ['handshakeTimeout', 'handshakeTimeoutMs'],
  ])('says what %s was meant to be', (option, meant) => {
    expectRefused(
      () => call(url, { [option]: 1 }),
      option,
      1,
      `${name}: unknown option '${option}'; did you mean '${meant}'?`,
    );
  });

  it("knows zeromq.js's name of an option", () => {
    expectRefused(() => call(url, { linger: 1 }), 'linger', 'a number', `${name}: option 'linger' is 'lingerMs' here`);
  });

  it('lists what it knows where nothing is close', () => {
    const error = thrownBy(() => call(url, { somethingElse: 1 }));
    expect(error.message).toMatch(
      new RegExp(`^${name}: unknown option 'somethingElse'; it knows token, windowBytes, bind, highWaterMark, `),
    );
  });

  it('checks inside of groups', () => {
    expectRefused(() => call(url, { reconnect: { maxMs: -1 } }), 'reconnect.maxMs', -1, "option 'reconnect.maxMs'");
    expectRefused(
      () => call(url, { heartbeat: { intervalMs: 1, ttl: 1 } }),
      'heartbeat.ttl',
      1,
      "did you mean 'ttlMs'?",
    );
  });

  it.each([
    [null, 'null'],
    ['text', "'text'"],
    [[], 'an array of 0'],
  ])('refuses %o in place of options', (options, said) => {
    expectRefused(() => call(url, options), 'options', options, `${name}: options must be an object, got ${said}`);
  });

  it('takes undefined as the default', () => {
    const options = { bind: undefined, highWaterMark: undefined, reconnect: undefined, heartbeat: undefined };
    const limits = { highWaterBytes: undefined, maxParts: undefined, maxPeers: undefined, maxHandshakes: undefined };
    const times = { handshakeTimeoutMs: undefined, minBytesPerSecond: undefined, driver: undefined };
    expect(() => call(url, { ...options, ...limits, ...times })).not.toThrow();
  });

  it('takes the ends of every range', () => {
    const least = { highWaterBytes: 1, maxParts: 1, maxPeers: 1, maxHandshakes: 1, handshakeTimeoutMs: 0 };
    expect(() => call(url, { ...least, minBytesPerSecond: 0, highWaterMark: 1, maxMessageBytes: 1 })).not.toThrow();
    const most = Number.MAX_SAFE_INTEGER;
    const bounds = { highWaterBytes: most, maxParts: most, maxPeers: most, maxHandshakes: most };
    expect(() => call(url, { ...bounds, handshakeTimeoutMs: longest, minBytesPerSecond: most })).not.toThrow();
  });

  it.each(['auto', 'engine', 'native'])("knows driver: '%s'", (driver) => {
    expect(() => call(url, { driver })).not.toThrow();
  });

  it("refuses driver: 'engine' where the engine has not all the transports", () => {
    const error = thrownBy(() => call([url, 'ws://127.0.0.1:5555'], { driver: 'engine', bind: true }));
    expect(error).toBeInstanceOf(UnsupportedError);
    expect(error).toMatchObject({ name: 'UnsupportedError', code: 'ERR_UNSUPPORTED' });
    expect(error.message).toBe(
      `${name}: the engine cannot do 'ws://127.0.0.1:5555'; driver: 'native' (or 'auto') does, with the zeromq package`,
    );
  });
});

describe('what only some know', () => {
  const asked = (value: unknown) => value as never;

  it.each<[string, string, string, () => unknown]>([
    ['fromSub', 'topics', 'at least one string or Uint8Array', () => fromSub(url, asked({ codec: raw, topics: 'a' }))],
    [
      'fromSub',
      'topics',
      '(leave it out to get all), got an array',
      () => fromSub(url, asked({ codec: raw, topics: [] })),
    ],
    ['fromSub', 'topics', 'an array of', () => fromSub(url, asked({ codec: raw, topics: [1] }))],
    ['fromSub', 'topics', 'a codec whose first part is the topic', () => fromSub(url, asked({ topics: ['a'] }))],
    ['fromSub', 'topics', 'topic(...) or raw', () => fromSub(url, asked({ codec: sigs, topics: ['a'] }))],
    ['fromSub', 'topics', 'topic(...) or raw', () => fromSub(url, asked({ codec: text, topics: ['a'] }))],
    ['fromSub', 'topics', 'topic(...) or raw', () => fromSub(url, asked({ codec: json(), topics: ['a'] }))],
    [
      'fromSub',
      'topics',
      'exclude each other',
      () => fromSub(url, asked({ codec: topic(sigs), topics: ['a'], streamId: 1 })),
    ],
    ['fromSub', 'streamId', 'is for Frames', () => fromSub(url, asked({ codec: text, streamId: 1 }))],
    ['fromSub', 'streamId', 'an integer from 0 to 4294967295, got -1', () => fromSub(url, { streamId: -1 })],
    ['fromSub', 'conflate', 'a boolean, got 1', () => fromSub(url, asked({ conflate: 1 }))],
    [
      'fromPull',
      'sampleType',
      "(did you mean 'ci16'?), got 'cf16'",
      () => fromPull(url, asked({ sampleType: 'cf16' })),
    ],
    [
      'fromPull',
      'onInvalid',
      "'skip' or 'error', or a function, got",
      () => fromPull(url, asked({ onInvalid: 'throw' })),
    ],
    ['fromPull', 'sampleType', 'is for Frames', () => fromPull(url, asked({ codec: text, sampleType: 'cf32' }))],
    ['fromPull', 'streamId', 'unknown option', () => fromPull(url, asked({ streamId: 1 }))],
    ['toPub', 'waitForSubscribers', 'an integer from 0 to', () => toPub(url, { waitForSubscribers: -1 })],
    ['toPub', 'noDrop', "a boolean, got 'yes'", () => toPub(url, asked({ noDrop: 'yes' }))],
    ['toPush', 'waitForSubscribers', 'unknown option', () => toPush(url, asked({ waitForSubscribers: 1 }))],
    ['toPush', 'zeroCopy', 'a boolean, or a function, got 1', () => toPush(url, asked({ zeroCopy: 1 }))],
    ['toPush', 'zeroCopy', 'only with the sigs codec', () => toPush(url, asked({ codec: text, zeroCopy: () => 1 }))],
    ['toPush', 'sampleRate', 'is for Frames', () => toPush(url, asked({ codec: text, sampleRate: 1 }))],
    ['toPush', 'sampleRate', 'a number (not NaN), got NaN', () => toPush(url, { sampleRate: NaN })],
    ['toPush', 'flags', 'an integer from 0 to 4294967295, got 4294967296', () => toPush(url, { flags: 2 ** 32 })],
    ['toPush', 'timestamp', "'keep' or 'now', got 'never'", () => toPush(url, asked({ timestamp: 'never' }))],
    ['toPush', 'sequence', "(did you mean 'stamp'?), got 'stmap'", () => toPush(url, asked({ sequence: 'stmap' }))],
    ['request', 'timeoutMs', 'a number of milliseconds from 1 to', () => request(url, { timeoutMs: 0 })],
    ['request', 'timeoutMs', 'got Infinity', () => request(url, { timeoutMs: Infinity })],
    ['request', 'connectTimeoutMs', 'got -1', () => request(url, { connectTimeoutMs: -1 })],
    ['request', 'retries', 'an integer from 0 to', () => request(url, { retries: -1 })],
    ['request', 'concurrency', 'an integer from 1 to', () => request(url, { concurrency: 0 })],
    ['request', 'onTimeout', "'error', or a function, got 'skip'", () => request(url, asked({ onTimeout: 'skip' }))],
    ['request', 'project', 'a function, got 1', () => request(url, asked({ project: 1 }))],
    ['requester', 'concurrency', 'unknown option', () => requester(url, asked({ concurrency: 1 }))],
    ['requester', 'timeout', "did you mean 'timeoutMs'?", () => requester(url, asked({ timeout: 1 }))],
    ['reply', 'handler', 'the handler must be a function, got undefined', () => reply(url, asked(undefined))],
    ['reply', 'handler', 'the handler must be a function, got an Object', () => reply(url, asked({}))],
    ['reply', 'concurrency', 'an integer from 1 to', () => reply(url, (one) => one, { concurrency: 0 })],
    ['reply', 'handlerTimeoutMs', 'from 1 to', () => reply(url, (one) => one, { handlerTimeoutMs: 0 })],
    ['frame', 'sampelRate', "did you mean 'sampleRate'?", () => frame(new Float32Array(2), asked({ sampelRate: 1 }))],
    ['frame', 'timestampNs', 'a bigint from 0n to', () => frame(new Float32Array(2), asked({ timestampNs: 1 }))],
    ['json', 'validate', "a function, got 'schema'", () => json(asked('schema'))],
    ['topic', 'codec', 'encode and decode, got a function', () => topic(asked(json))],
  ])('%s: %s must be %s', (name, option, reason, call) => {
    const error = thrownBy(call);
    expect(error).toBeInstanceOf(OptionError);
    expect(error).toMatchObject({ code: 'ERR_OPTION', option });
    expect(error.message).toMatch(new RegExp(`^${name}: `));
    expect(error.message).toContain(reason);
  });
});

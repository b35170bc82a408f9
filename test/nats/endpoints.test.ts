import { inspect } from 'node:util';
import * as rx from 'rxjs';
import { fromPull, fromSub, json, openSocket, reply, request, sigs, toPub, toPush, topic } from 'rxzmq';
import { virtualTime } from 'rxzmq/testing';
import { describe, expect, it } from 'vitest';
import { parseNatsEndpoints } from '../../src/nats/settings/parseNatsEndpoints.js';
import { thrownBy } from '../frame/arbitraries.js';

type Call = (endpoints: unknown, options?: object) => unknown;
const calls: Readonly<Record<string, Call>> = {
  fromSub: (endpoints, options) => fromSub(endpoints as string, options),
  fromPull: (endpoints, options) => fromPull(endpoints as string, options),
  toPub: (endpoints, options) => toPub(endpoints as string, options as never),
  toPush: (endpoints, options) => toPush(endpoints as string, options as never),
  request: (endpoints, options) => request(endpoints as string, options as never),
  reply: (endpoints, options) => reply(endpoints as string, (it) => it, options as never),
};
const queues = ['fromPull', 'toPush'];
const SECRET = 'opensesame';

describe.each(Object.entries(calls))('%s on nats://', (name, call) => {
  it('takes an endpoint, several of one cluster, and what stands before them', () => {
    for (const endpoints of [
      'nats://127.0.0.1:4222/iq',
      'nats://[::1]:4222/a.b',
      'nats://host',
      `nats://user:${SECRET}@host:4222/iq`,
      ['nats://a:1/iq', `nats://user:${SECRET}@b:1/iq`],
    ]) {
      expect(() => call(endpoints)).not.toThrow();
    }
  });

  it.each([
    ['nats://host:4222/a b', 'a space or control character'],
    ['nats://host:4222/a\r\nPUB x 0', 'a space or control character'],
    ['nats://host:4222/a.*', '* or >'],
    ['nats://host:4222/>', '* or >'],
    ['nats://host:4222/a..b', 'an empty part'],
    ['nats://host:4222/.a', 'an empty part'],
    ['nats://host:4222/a.', 'an empty part'],
    ['nats://host:0/a', 'the port 0'],
    ['nats://host:65536/a', 'the port 65536'],
    ['nats://host:x/a', 'no host and port'],
    ['nats:///a', 'no host and port'],
    ['nats://::1:4222/a', 'no host and port'],
    [`nats://user:${SECRET}@/a`, 'no host and port'],
    [`nats://user:${SECRET}/x@host/a`, 'no host and port'],
    [`nats://user:${SECRET}%zz@host/a`, 'a stray %'],
    [['nats://a/one', 'nats://b/two'], "the base 'two'"],
    [['nats://a/one', 'nats+wss://b/one'], 'of another scheme'],
    [['nats://a/one', 'nats://a/one'], 'given twice'],
    [['nats://a/one', 'tcp://b:1'], 'all must be of one cluster'],
    [['nats://a/one', 5], 'is not a string'],
  ])('refuses %j', (endpoints, reason) => {
    const error = thrownBy(() => call(endpoints));
    expect(error).toMatchObject({ code: 'ERR_ENDPOINT' });
    expect(error.message).toContain(reason);
    expect(inspect(error)).not.toContain(SECRET);
  });

  it('refuses / in a base where it is the name of a queue', () => {
    const error = (): unknown => call('nats://host/a/b');
    if (queues.includes(name)) expect(error).toThrow(/no work queue can be named after/);
    else expect(error).not.toThrow();
  });

  it.each([
    [{ bind: true }, "'bind' cannot be true"],
    [{ security: { mechanism: 'plain', username: 'a', password: SECRET } }, "'security' is for ZeroMQ"],
    [{ nats: { token: 5 } }, "option 'nats.token' must be a text, got a number"],
    [{ nats: { tokn: SECRET } }, "did you mean 'token'"],
    [{ nats: SECRET }, "'nats' must be an object"],
    [{ nats: { tls: { cafile: SECRET } } }, "did you mean 'caFile'"],
  ])('refuses the options %j', (options, reason) => {
    const error = thrownBy(() => call('nats://host/a', options));
    expect(error).toMatchObject({ code: 'ERR_OPTION' });
    expect(error.message).toContain(reason);
    expect(inspect(error)).not.toContain(SECRET);
  });

  it('refuses drivers of ZeroMQ, and options of NATS elsewhere', () => {
    expect(() => call('nats://host/a', { driver: 'engine' })).toThrow(/speaks ZeroMQ/);
    expect(() => call('tcp://127.0.0.1:1', { nats: { token: SECRET } })).toThrow(/'nats' is for nats:\/\/ endpoints/);
    expect(() => call(['tcp://a:1', `nats://u:${SECRET}@b/x`])).toThrow(/NATS is for sources.*no other transport/);
  });

  it('does not run in virtual time', () => {
    expect(() => virtualTime(() => void call('nats://host/a'))).toThrow(/needs a server of NATS/);
  });
});

describe('what only some of them take', () => {
  it('refuses what means nothing', () => {
    expect(() => fromSub('nats://a/b', { topics: ['x'] } as never)).toThrow(/'topics' needs a codec/);
    expect(() => fromSub('nats://a/b', { streamId: 1 })).toThrow(/'streamId' is for ZeroMQ/);
    expect(() => fromSub('nats://a/b', { codec: topic(json()), topics: ['x'] })).not.toThrow();
    expect(() => toPub('nats://a/b', { waitForSubscribers: 1 })).toThrow(/'waitForSubscribers' is for ZeroMQ/);
    expect(() => toPush('nats://a/b', { codec: json(), endOfStream: true })).toThrow(/it needs dpstream\(\)$/);
    expect(() => fromPull('tcp://a:1', { ack: 'manual' })).toThrow(/'ack' is for nats/);
    expect(() => fromPull('tcp://a:1', { endOfStream: false })).toThrow(/'endOfStream' is for nats/);
    expect(() => fromPull('nats://a/b', { ack: 'later' as never })).toThrow(/'auto' or 'manual'/);
    expect(() => fromPull('nats://a/b', { nats: { queue: 'x' } })).toThrow(/'nats.queue' is for reply, got 'x'$/);
    expect(() => fromPull('nats://a/b', { codec: sigs })).not.toThrow();
    expect(() => openSocket('push').connect('nats://a:1/b')).toThrow(/NATS is for sources/);
  });

  it('reads who it is, and shows nothing of that', () => {
    const place = parseNatsEndpoints('toPub', 'pub', ['nats://a:1/x', 'nats://us%40er:p%3Aw@b/x']);
    expect(place).toEqual({
      servers: ['nats://a:1', 'nats://b:4222'],
      base: 'x',
      endpoints: ['nats://a:1/x', 'nats://b/x'],
      secrets: { user: 'us@er', password: 'p:w' },
    });
    expect(parseNatsEndpoints('toPub', 'pub', 'nats+wss://token@a').secrets).toEqual({ token: 'token' });
    expect(parseNatsEndpoints('toPub', 'pub', 'nats+wss://a').servers).toEqual(['wss://a:4222']);
    expect(inspect(rx.of(new Float32Array(2)).pipe(toPub(`nats://u:${SECRET}@a/b`)), { depth: 9 })).not.toContain(
      SECRET,
    );
  });
});

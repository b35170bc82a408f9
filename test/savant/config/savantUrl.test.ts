import { describe, expect, it } from 'vitest';
import { readerUrl, writerUrl } from '../../../src/savant/config/savantUrl.js';

const failureOf = (parse: () => unknown): { code?: string; endpoint?: unknown; message: string } => {
  try {
    parse();
  } catch (error) {
    return error as Error;
  }
  throw new Error('it was taken');
};

describe('what is taken', () => {
  it.each([
    ['tcp://1.2.3.4:5555', { type: 'router', bind: true, endpoint: 'tcp://1.2.3.4:5555' }],
    ['ipc:///tmp/video', { type: 'router', bind: true, endpoint: 'ipc:///tmp/video' }],
    ['sub+connect:ipc:///tmp/video', { type: 'sub', bind: false, endpoint: 'ipc:///tmp/video' }],
    ['router+bind:tcp://*:5555', { type: 'router', bind: true, endpoint: 'tcp://*:5555' }],
    ['rep+bind:tcp://127.0.0.1:0', { type: 'rep', bind: true, endpoint: 'tcp://127.0.0.1:0' }],
    ['rep+connect:tcp://name.example:1', { type: 'rep', bind: false, endpoint: 'tcp://name.example:1' }],
  ])('by a reader: %s', (url, expected) => expect(readerUrl('fromReader', url)).toEqual(expected));

  it.each([
    ['tcp://1.2.3.4:5555', { type: 'dealer', bind: true, endpoint: 'tcp://1.2.3.4:5555' }],
    ['pub+bind:tcp://1.2.3.4:5555', { type: 'pub', bind: true, endpoint: 'tcp://1.2.3.4:5555' }],
    ['pub+connect:ipc:///tmp/video', { type: 'pub', bind: false, endpoint: 'ipc:///tmp/video' }],
    ['req+connect:tcp://h:1', { type: 'req', bind: false, endpoint: 'tcp://h:1' }],
    // A source behind the endpoint is read and then of no use, as in savant_rs.
    ['pub+bind:tcp://1.2.3.4:5555:source', { type: 'pub', bind: true, endpoint: 'tcp://1.2.3.4:5555' }],
    ['pub+bind:ipc:///tmp/video:source', { type: 'pub', bind: true, endpoint: 'ipc:///tmp/video' }],
    ['dealer+connect:ipc:///a/b:s:x', { type: 'dealer', bind: false, endpoint: 'ipc:///a/b' }],
  ])('by a writer: %s', (url, expected) => expect(writerUrl('toWriter', url)).toEqual(expected));
});

describe('what savant_rs refuses', () => {
  it.each([
    ['', 'has no endpoint'],
    ['inproc://x', "has the transport 'inproc'"],
    ['sub+bind:udp://h:1', "has the transport 'udp'"],
    ['tcp://h', 'has no port'],
    ['tcp://h:port', 'has no port'],
    ['tcp://*:*', "has the port '*'"],
    ['tcp://[::1]:5', 'has an IPv6 address'],
    ['foo+bind:tcp://h:1', "has the unknown type 'foo'"],
    ['sub+bindx:tcp://h:1', "has the unknown mode 'bindx'"],
    ['pub+connect:tcp://h:1', "has the type 'pub', which is for a writer"],
    ['sub+bind:tcp://h:1:source', "names the source 'source'"],
    ['tcp://h:1:source', "names the source 'source'"],
  ])('%j', (url, reason) => {
    const error = failureOf(() => readerUrl('fromReader', url));
    expect(error).toMatchObject({ code: 'ERR_ENDPOINT', endpoint: url });
    expect(error.message).toContain(`fromReader: URL '${url}' ${reason}`);
  });

  it('a reader of a writer, and a source where no type is given', () => {
    expect(failureOf(() => writerUrl('toWriter', 'sub+connect:tcp://h:1')).message).toContain('which is for a reader');
    expect(failureOf(() => writerUrl('toWriter', 'tcp://h:1:src')).message).toContain("names the source 'src'");
  });
});

describe('what savant_rs misreads is an error that says so', () => {
  it.each([
    ['SUB+bind:tcp://h:1', 'which savant_rs would ignore and take a router that binds'],
    ['sub:bind:tcp://h:1', 'which savant_rs would ignore and take a router that binds'],
    ['sub+bind: tcp://h:1', 'which savant_rs would ignore and take a router that binds'],
    [' tcp://h:1', 'which savant_rs would ignore and take a router that binds'],
    ['junk tcp://h:1', 'which savant_rs would ignore and take a router that binds'],
    ['xsub+bind:tcp://h:1', "savant_rs would take it for 'sub'"],
    ['tcp://h:1/abc', "goes on with '/abc' behind the endpoint, which savant_rs would ignore"],
    ['sub+connect:tcp://h:1abc', "goes on with 'abc' behind the endpoint, which savant_rs would ignore"],
    ['ipc:///a:', "goes on with ':' behind the endpoint, which savant_rs would ignore"],
  ])('%j', (url, reason) => {
    const error = failureOf(() => readerUrl('fromReader', url));
    expect(error).toMatchObject({ code: 'ERR_ENDPOINT', endpoint: url });
    expect(error.message).toContain(reason);
  });
});

describe('what savant_rs takes and libzmq refuses', () => {
  it.each(['tcp:h:1', 'ipc:abc', 'ipc://', 'tcp://h:99999', 'router+connect:tcp://*:5555'])('%j', (url) =>
    expect(failureOf(() => readerUrl('fromReader', url))).toMatchObject({ code: 'ERR_ENDPOINT' }),
  );

  it.each([undefined, null, 5, {}, ['tcp://h:1']])('no text at all: %j', (url) =>
    expect(failureOf(() => readerUrl('fromReader', url)).message).toContain('is not a string'),
  );
});

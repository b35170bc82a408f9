import { describe, expect, it } from 'vitest';
import { EndpointError, UnsupportedError } from '../../src/errors.js';
import '../../src/platform/node.js';
import { checkEndpoints, isInproc, isIpv6 } from '../../src/driver/endpoints.js';
import { thrownBy } from '../frame/arbitraries.js';

type Side = 'connect' | 'bind' | 'both';
const sides = (side: Side) => (side === 'both' ? [false, true] : [side === 'bind']);

describe('takes', () => {
  it.each<[string, Side]>([
    ['tcp://127.0.0.1:5555', 'both'],
    ['tcp://radio:1', 'both'],
    ['tcp://radio.example.org:65535', 'both'],
    ['tcp://under_score:5555', 'both'],
    ['tcp://eth0:5555', 'both'],
    ['tcp://[::1]:5555', 'both'],
    ['tcp://[fe80::1%eth0]:5555', 'both'],
    ['tcp://*:5555', 'bind'],
    ['tcp://*:*', 'bind'],
    ['tcp://127.0.0.1:*', 'bind'],
    ['tcp://127.0.0.1:0', 'bind'],
    ['tcp://[::]:*', 'bind'],
    ['tcp://127.0.0.1:0;radio:5555', 'connect'],
    ['tcp://192.168.1.2:*;radio:5555', 'connect'],
    ['tcp://[::1]:0;[::1]:5555', 'connect'],
    ['ws://radio:80', 'both'],
    ['ws://radio:80/some/path', 'both'],
    ['ws://*:*', 'bind'],
    ['ws://radio/some/path', 'connect'],
    ['wss://radio.example/iq?x=1', 'connect'],
    ['wss://[::1]:8443/', 'connect'],
    ['/iq', 'connect'],
    ['/', 'connect'],
    ['gateway://1/iq', 'bind'],
    ['ipc:///run/radio', 'both'],
    ['ipc://radio.sock', 'both'],
    ['ipc://@radio', 'both'],
    ['ipc://*', 'bind'],
    [`ipc://${'x'.repeat(107)}`, 'both'],
    ['inproc://radio', 'both'],
    ['inproc://with spaces, and #?:@', 'both'],
    [`inproc://${'x'.repeat(255)}`, 'both'],
  ])('%s (%s)', (endpoint, side) => {
    for (const bind of sides(side)) expect(checkEndpoints('fromX', endpoint, bind)).toEqual([endpoint]);
  });

  it('several, in their order, in an array of its own', () => {
    const given = ['tcp://a:1', 'ipc://b', 'inproc://c'];
    const checked = checkEndpoints('fromX', given, false);
    given.pop();
    expect(checked).toEqual(['tcp://a:1', 'ipc://b', 'inproc://c']);
  });

  it('the same wildcard twice: those are two ports', () => {
    const twice = ['tcp://127.0.0.1:*', 'tcp://127.0.0.1:*'];
    expect(checkEndpoints('fromX', twice, true)).toEqual(twice);
  });
});

describe('refuses', () => {
  it.each<[unknown, Side, string]>([
    ['127.0.0.1:5555', 'both', "has no transport; write it like 'tcp://127.0.0.1:5555'"],
    ['radio:*', 'both', "write it like 'tcp://radio:*'"],
    ['radio', 'both', "has no transport; write it like 'tcp://127.0.0.1:5555'"],
    ['', 'both', 'has no transport'],
    ['tcp:/radio:5555', 'both', 'has no transport'],
    ['tcp:radio', 'both', 'has no transport'],
    ['tpc://radio:5555', 'both', "has the unknown transport 'tpc'; did you mean 'tcp'?"],
    ['TCP://radio:5555', 'both', "did you mean 'tcp'?"],
    ['icp:///run/radio', 'both', "did you mean 'ipc'?"],
    ['in-proc://radio', 'both', "did you mean 'inproc'?"],
    ['carrierpigeon://radio', 'both', "unknown transport 'carrierpigeon'; use tcp, ipc, inproc, ws, wss"],
    ['://radio:5555', 'both', "unknown transport ''"],
    ['tcp://', 'both', 'has no address'],
    ['ipc://', 'both', 'has no address'],
    ['inproc://', 'both', 'has no address'],
    ['tcp://radio', 'both', 'has no port'],
    ['tcp://[::1]', 'both', 'has no port'],
    ['tcp://:5555', 'both', 'has no host'],
    ['tcp://radio:', 'both', "has the port '', which is not a number"],
    ['tcp://radio:55a', 'both', "has the port '55a', which is not a number"],
    ['tcp://radio:-1', 'both', "has the port '-1', which is not a number"],
    ['tcp://radio:5555/', 'both', "has the port '5555/', which is not a number"],
    ['tcp://radio:1.5', 'both', "has the port '1.5', which is not a number"],
    ['tcp://radio: 5555', 'both', "has the port ' 5555', which is not a number"],
    ['tcp://radio:65536', 'both', 'has the port 65536, which is above 65535'],
    ['ws://radio:65536/path', 'bind', 'has the port 65536, which is above 65535'],
    ['ws://radio:65536/path', 'connect', "is no URL such as 'wss://radio.example/iq'"],
    ['ws://radio/path', 'bind', 'has no port'],
    ['wss://radio/path', 'bind', 'is connected to and never bound; serve() of rxzmq/gateway makes endpoints to bind'],
    ['/iq', 'bind', 'is connected to and never bound'],
    ['wss://me:secret@radio/iq', 'connect', "has a user or password in it; option 'token' is for that"],
    ['wss://radio/iq#top', 'connect', "has a '#'"],
    ['wss://radio/i q', 'connect', 'has a space'],
    ['wss://', 'connect', 'is no URL'],
    ['//radio/iq', 'connect', 'has two slashes before its host'],
    ['gateway://1/iq', 'connect', 'is a path of a gateway, which is bound and never connected to'],
    ['tcp://radio:0', 'connect', "has the port '0', which only a binding side can have"],
    ['tcp://radio:*', 'connect', "has the port '*', which only a binding side can have"],
    ['tcp://*:5555', 'connect', "has the host '*', which only a binding side can have"],
    ['ipc://*', 'connect', 'has a wildcard, which only a binding side can have'],
    ['tcp://::1:5555', 'both', "has an IPv6 address without brackets, or two ports; write it like 'tcp://[::1]:5555'"],
    ['tcp://radio:1:2', 'both', 'two ports'],
    ['tcp://[::1:5555', 'both', 'has an IPv6 address without brackets'],
    ['tcp://some one:5555', 'both', 'has a host with a character that no host has'],
    ['tcp://user@radio:5555', 'both', 'has a host with a character that no host has'],
    ['tcp://radio\n:5555', 'both', 'has a host with a character that no host has'],
    ['tcp://a:1\0:2', 'both', 'holds a NUL character'],
    ['tcp://127.0.0.1:0;radio:5555', 'bind', 'has a source address, which only a connecting side can have'],
    ['tcp://127.0.0.1;radio:5555', 'connect', 'has no port'],
    ['tcp://127.0.0.1:0;radio', 'connect', 'has no port'],
    ['tcp://127.0.0.1:0;', 'connect', 'has no port'],
    ['tcp://127.0.0.1:0;radio:1;other:2', 'connect', 'more than one source address'],
    [`ipc://${'x'.repeat(108)}`, 'both', 'has a path longer than 107 bytes'],
    [`ipc://${'ü'.repeat(54)}`, 'both', 'has a path longer than 107 bytes'],
    [`inproc://${'x'.repeat(256)}`, 'both', 'has a name longer than 255 bytes'],
    [5555, 'both', 'endpoint 5555 is not a string'],
    [null, 'both', 'endpoint null is not a string'],
    [undefined, 'both', 'endpoint undefined is not a string'],
    [new URL('tcp://radio:5555'), 'both', 'URL is not a string'],
    [{}, 'both', 'endpoint an Object is not a string'],
  ])('%s (%s)', (endpoint, side, reason) => {
    for (const bind of sides(side)) {
      const error = thrownBy(() => checkEndpoints('fromX', endpoint, bind));
      expect(error).toBeInstanceOf(EndpointError);
      expect(error).toMatchObject({ name: 'EndpointError', code: 'ERR_ENDPOINT', endpoint });
      expect(error.message).toMatch(/^fromX: endpoint /);
      expect(error.message).toContain(reason);
    }
  });

  it.each(['udp', 'pgm', 'epgm', 'norm', 'tipc', 'vmci'])('%s, which is for other sockets', (transport) => {
    const endpoint = `${transport}://radio:5555`;
    const error = thrownBy(() => checkEndpoints('fromX', endpoint, false));
    expect(error).toBeInstanceOf(UnsupportedError);
    expect(error).toMatchObject({
      code: 'ERR_UNSUPPORTED',
      message: `fromX: '${endpoint}': ${transport} is not for this socket type here; use tcp, ipc, inproc, ws, wss`,
    });
  });

  it('an empty list', () => {
    expect(thrownBy(() => checkEndpoints('fromX', [], false))).toMatchObject({
      code: 'ERR_ENDPOINT',
      endpoint: [],
      message: 'fromX: no endpoint given',
    });
  });

  it('one that is given twice', () => {
    expect(thrownBy(() => checkEndpoints('fromX', ['tcp://a:1', 'ipc://b', 'tcp://a:1'], false))).toMatchObject({
      code: 'ERR_ENDPOINT',
      endpoint: 'tcp://a:1',
      message: "fromX: endpoint 'tcp://a:1' is given twice",
    });
  });

  it('the bad one of several, by its own name', () => {
    expect(thrownBy(() => checkEndpoints('fromX', ['tcp://a:1', 'tcp://b'], false))).toMatchObject({
      endpoint: 'tcp://b',
      message: "fromX: endpoint 'tcp://b' has no port",
    });
    expect(thrownBy(() => checkEndpoints('fromX', ['tcp://a:1', undefined], false))).toMatchObject({
      code: 'ERR_ENDPOINT',
      endpoint: undefined,
    });
  });

  it('one that is very long, in few words', () => {
    expect(thrownBy(() => checkEndpoints('fromX', 'x'.repeat(10_000), false)).message.length).toBeLessThan(200);
  });
});

it('tells inproc and IPv6 from the rest', () => {
  expect(['inproc://a', 'ipc://inproc://', 'tcp://a:1'].map(isInproc)).toEqual([true, false, false]);
  const ipv6 = ['tcp://[::1]:1', 'ws://[::]:*', 'tcp://[::1]:0;[::1]:1', 'tcp://127.0.0.1:0;[::1]:1'];
  expect(ipv6.map(isIpv6)).toEqual([true, true, true, true]);
  expect(['tcp://a:1', 'ipc://[x]', 'inproc://[::1]:1'].map(isIpv6)).toEqual([false, false, false]);
});

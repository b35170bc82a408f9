import { describe, expect, it } from 'vitest';
import { EndpointError, UnsupportedError } from 'rxzmq';
import { thrownBy } from '../frame/arbitraries.js';
import { functions, names } from './functions.js';

describe.each(names)('%s', (name) => {
  const call = functions[name]!;

  it.each<[unknown, string]>([
    ['127.0.0.1:5555', "has no transport; write it like 'tcp://127.0.0.1:5555'"],
    ['tcpp://radio:5555', "has the unknown transport 'tcpp'; did you mean 'tcp'?"],
    ['carrierpigeon://radio', "has the unknown transport 'carrierpigeon'; use tcp, ipc, inproc, ws"],
    ['tcp://radio:65536', 'has the port 65536, which is above 65535'],
    ['tcp://radio', 'has no port'],
    ['tcp://radio:http', "has the port 'http', which is not a number"],
    ['tcp://::1:5555', "has an IPv6 address without brackets, or two ports; write it like 'tcp://[::1]:5555'"],
    [`ipc:///${'x'.repeat(200)}`, 'has a path longer than 107 bytes'],
    ['inproc://', 'has no address'],
    [5555, 'is not a string'],
    [undefined, 'is not a string'],
  ])('throws at the call on %s', (endpoint, reason) => {
    for (const endpoints of [endpoint, ['inproc://fine', endpoint]]) {
      const error = thrownBy(() => call(endpoints));
      expect(error).toBeInstanceOf(EndpointError);
      expect(error).toMatchObject({ name: 'EndpointError', code: 'ERR_ENDPOINT', endpoint });
      expect(error.message.startsWith(`${name}: endpoint `)).toBe(true);
      expect(error.message).toContain(reason);
    }
  });

  it('throws on an empty list, and on the same one twice', () => {
    expect(thrownBy(() => call([]))).toMatchObject({ code: 'ERR_ENDPOINT', message: `${name}: no endpoint given` });
    expect(thrownBy(() => call(['tcp://a:1', 'tcp://a:1']))).toMatchObject({
      code: 'ERR_ENDPOINT',
      message: `${name}: endpoint 'tcp://a:1' is given twice`,
    });
  });

  it('throws on a wildcard where it connects', () => {
    for (const endpoint of ['tcp://*:5555', 'tcp://radio:*', 'ipc://*']) {
      expect(thrownBy(() => call(endpoint, { bind: false }))).toMatchObject({ code: 'ERR_ENDPOINT', endpoint });
    }
  });

  it('throws on a transport of other sockets, and says what to use', () => {
    const error = thrownBy(() => call('udp://radio:5555'));
    expect(error).toBeInstanceOf(UnsupportedError);
    expect(error).toMatchObject({
      name: 'UnsupportedError',
      code: 'ERR_UNSUPPORTED',
      message: `${name}: 'udp://radio:5555': udp is not for this socket type here; use tcp, ipc, inproc, ws, wss`,
    });
  });
});

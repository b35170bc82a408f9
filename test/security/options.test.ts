import { inspect } from 'node:util';
import { fromPull, fromSub, OptionError, reply, request, requester, toPub, toPush, UnsupportedError } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { thrownBy } from '../frame/arbitraries.js';
import { client, drivers, server, stranger } from './support.js';

const url = 'tcp://127.0.0.1:5555';
const authenticate = (): boolean => true;
const SECRET = 'hunter2';
const key = server.secretKey;

const functions: Readonly<Record<string, (security: any) => unknown>> = {
  fromPull: (security) => fromPull(url, { security }),
  fromSub: (security) => fromSub(url, { security }),
  toPush: (security) => toPush(url, { security }),
  toPub: (security) => toPub(url, { security }),
  request: (security) => request(url, { security }),
  requester: (security) => requester(url, { security }),
  reply: (security) => reply(url, (frame) => frame, { security }),
};

describe.each(Object.entries(functions))('%s', (name, call) => {
  it.each([
    [undefined],
    [{ mechanism: 'null' }],
    [{ mechanism: 'null', authenticate, allow: ['10.0.0.0/8'], deny: [] }],
    [{ mechanism: 'plain', username: 'ali', password: 'x'.repeat(255) }],
    [{ mechanism: 'plain', authenticate, username: undefined }],
    [{ mechanism: 'curve', serverKey: server.publicKey }],
    [{ mechanism: 'curve', serverKey: server.publicKey, secretKey: client.secretKey }],
    [{ mechanism: 'curve', serverKey: new Uint8Array(32), ...client }],
    [{ mechanism: 'curve', secretKey: Buffer.alloc(32, 1) }],
    [{ mechanism: 'curve', secretKey: key, authenticate, deny: ['::1', '::ffff:10.0.0.0/104'] }],
  ])('takes %o', (security) => {
    expect(() => call(security)).not.toThrow();
  });

  it.each<[unknown, string, string]>([
    [null, 'security', 'must be an object with a mechanism, got null'],
    [SECRET, 'security', 'must be an object with a mechanism, got a text of 7 characters'],
    [[SECRET], 'security', 'must be an object with a mechanism, got an array of 1'],
    [{}, 'mechanism', "must be 'null', 'plain' or 'curve', got undefined"],
    [{ mechanism: 'crve' }, 'mechanism', "(did you mean 'curve'?), got 'crve'"],
    [{ mechanism: 'plain' }, 'username', "must be a text where the mechanism is 'plain'"],
    [{ mechanism: 'plain', allow: [] }, 'username', 'authenticate a function'],
    [{ mechanism: 'plain', username: SECRET }, 'password', 'must be a text of 1 to 255 bytes in UTF-8, got undefined'],
    [{ mechanism: 'plain', username: '', password: SECRET }, 'username', 'got a text of 0 characters'],
    [{ mechanism: 'plain', username: 'a', password: SECRET.repeat(40) }, 'password', 'got a text of 280 characters'],
    [{ mechanism: 'plain', username: 'a', password: 'ö'.repeat(128) }, 'password', 'got a text of 128 characters'],
    [{ mechanism: 'plain', username: 'a', password: { [SECRET]: 1 } }, 'password', 'got an object'],
    [
      { mechanism: 'plain', username: 'a', pasword: SECRET },
      'pasword',
      "unknown option 'security.pasword'; did you mean 'password'?",
    ],
    [{ mechanism: 'null', username: SECRET }, 'username', "'null' knows authenticate, allow, deny"],
    [
      { mechanism: 'plain', authenticate, username: SECRET, password: SECRET },
      'authenticate',
      "is a server's, but username, which is a client's, is set too",
    ],
    [{ mechanism: 'plain', authenticate: SECRET }, 'authenticate', 'must be a function, got a text of 7 characters'],
    [{ mechanism: 'curve' }, 'secretKey', 'must be 32 bytes or 40 characters of Z85, got undefined'],
    [{ mechanism: 'curve', secretKey: new Uint8Array(31) }, 'secretKey', 'got 31 bytes'],
    [{ mechanism: 'curve', secretKey: key.slice(1) }, 'secretKey', 'got a text of 39 characters'],
    [{ mechanism: 'curve', secretKey: `${key}\n` }, 'secretKey', 'got a text of 41 characters'],
    [{ mechanism: 'curve', secretKey: `${key.slice(1)}"` }, 'secretKey', 'got a text of 40 characters'],
    [{ mechanism: 'curve', secretKey: [...new Uint8Array(32)] }, 'secretKey', 'got an array of 32'],
    [{ mechanism: 'curve', serverKey: key.slice(1) }, 'serverKey', 'got a text of 39 characters'],
    [{ mechanism: 'curve', serverKey: server.publicKey, publicKey: client.publicKey }, 'secretKey', 'got undefined'],
    [{ mechanism: 'curve', ...client }, 'publicKey', "is a client's, but there is no serverKey"],
    [
      { mechanism: 'curve', serverKey: server.publicKey, ...client, publicKey: stranger.publicKey },
      'publicKey',
      'does not belong to the secretKey',
    ],
    [
      { mechanism: 'curve', serverKey: server.publicKey, authenticate },
      'authenticate',
      "is a server's, but serverKey, which is a client's, is set too",
    ],
    [{ mechanism: 'curve', serverKey: server.publicKey, allow: [] }, 'allow', 'but serverKey'],
    [
      { mechanism: 'null', allow: '10.0.0.1' },
      'allow',
      'must be an array of IP addresses and networks, got a text of 8 characters',
    ],
    [
      { mechanism: 'null', allow: ['10.0.0.0/33'] },
      'allow',
      "such as '10.1.2.3', '10.0.0.0/8' or 'fd00::/8', got '10.0.0.0/33'",
    ],
    [{ mechanism: 'null', deny: ['::1', 'localhost'] }, 'deny', 'must contain IP addresses and networks only'],
    [{ mechanism: 'null', deny: [undefined] }, 'deny', 'got undefined'],
  ])('refuses %o', (security, option, text) => {
    const error = thrownBy(() => call(security));
    expect(error).toBeInstanceOf(OptionError);
    expect(error).toMatchObject({ code: 'ERR_OPTION', message: expect.stringContaining(text) });
    const whole = option === 'security' ? option : `security.${option}`;
    expect(error['option']).toBe(whole);
    expect(error.message).toMatch(new RegExp(`^${name}: (unknown )?option '${whole.replace('.', '\\.')}'`));
    expectVeiled(error);
  });

  it('refuses to show what stands under a wrong name', () => {
    for (const name of ['securty', 'password', 'curveSecretKey']) {
      const error = thrownBy(() => fromPull(url, { [name]: { mechanism: 'plain', password: SECRET } }));
      expect(error).toMatchObject({ option: name, value: 'an object' });
    }
  });
});

/** Neither its texts nor its fields show a password or a secret key. */
function expectVeiled(error: unknown): void {
  const all = inspect(error, { depth: null, showHidden: true });
  for (const secret of [SECRET, key.slice(1, 20), client.secretKey]) expect(all).not.toContain(secret);
}

describe('endpoints', () => {
  it('of inproc have no security', () => {
    for (const driver of drivers) {
      const error = thrownBy(() =>
        fromPull(['tcp://a:1', 'inproc://a'], { driver, security: { mechanism: 'null', authenticate } }),
      );
      expect(error).toBeInstanceOf(UnsupportedError);
      expect((error as Error).message).toBe(
        "fromPull: 'inproc://a' has no security, as both its sides are in one process: leave out 'security', or use tcp or ipc",
      );
    }
    expect(() => fromPull('inproc://a', { security: { mechanism: 'null' } })).not.toThrow();
  });

  it('of ipc have no addresses', () => {
    expect(thrownBy(() => fromPull('ipc:///a', { security: { mechanism: 'null', allow: ['::1'] } }))).toMatchObject({
      code: 'ERR_OPTION',
      option: 'security.allow',
      message:
        "fromPull: option 'security.allow' is for tcp: peers at 'ipc:///a' have no IP address, got an array of 1; files have permissions",
    });
    expect(() => fromPull('ipc:///a', { security: { mechanism: 'null', authenticate } })).not.toThrow();
  });
});

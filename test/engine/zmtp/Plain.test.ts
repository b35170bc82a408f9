import { describe, expect, it } from 'vitest';
import type { Credentials } from '../../../src/driver/DriverSecurity.js';
import { Side, bytesOf, commandFrame, cuts, greetingOf, hexOf, joinedBytes, meet, property } from './Side.js';

const client = (username: string, password: string, settings = {}) =>
  new Side({ socketType: 'PUSH', security: { mechanism: 'plain', username, password }, ...settings });
const server = (answer: (who: Credentials) => boolean | string = () => true, settings = {}) =>
  new Side({ security: { mechanism: 'plain', authenticate: answer }, ...settings });
const metadata = (type: string) => property('Socket-Type', type);
const hello = commandFrame('\x05HELLO\x05admin\x06s3cret');
const error400 = hexOf(commandFrame('\x05ERROR\x03400'));

/** A server that has had a greeting and then these bytes. */
const served = (...parts: readonly Uint8Array[]) => server().feed(joinedBytes(greetingOf('PLAIN'), ...parts));
/** A client that has had the same. */
const answered = (...parts: readonly Uint8Array[]) => client('a', 'b').feed(joinedBytes(greetingOf('PLAIN'), ...parts));

describe('PLAIN', () => {
  it('lets two of ours meet, and tells who it is', () => {
    const asked: Credentials[] = [];
    const one = client('ädmin', '\ufeffpaß', { address: '10.0.0.1' });
    const other = server((who) => {
      asked.push(who);
      return 'user 7';
    });
    meet(one, other);

    expect(asked).toEqual([{ mechanism: 'plain', address: '127.0.0.1', username: 'ädmin', password: '\ufeffpaß' }]);
    expect(other.peer).toMatchObject({ socketType: 'PUSH', userId: 'user 7' });
    expect(one.peer).toMatchObject({ socketType: 'PULL', userId: undefined });
  });

  it('has names and passwords of 0 to 255 bytes', () => {
    for (const [username, password] of [
      ['', ''],
      ['x'.repeat(255), 'ü'.repeat(127)],
    ] as const) {
      const asked: Credentials[] = [];
      meet(
        client(username, password),
        server((who) => asked.push(who) > 0),
      );
      expect(asked).toMatchObject([{ username, password }]);
    }
  });

  it.each([
    ['ü'.repeat(128), '', 'our username has 256 bytes: PLAIN takes at most 255'],
    ['', 'x'.repeat(300), 'our password has 300 bytes: PLAIN takes at most 255'],
  ])('fails where ours is longer', (username, password, reason) => {
    expect(client(username, password).feed(greetingOf('PLAIN')).failure).toEqual({ reason, refused: false });
  });

  it('refuses both sides the same way where they say no', () => {
    const one = client('admin', 'bad');
    const other = server(() => false);
    meet(one, other);

    expect(one.failure).toEqual({ reason: "the peer refused us: '400'", refused: true });
    expect(other.failure).toEqual({ reason: 'authenticate refused the peer', refused: true });
    expect(other.said.endsWith(error400)).toBe(true);
  });

  it.each(['\x05ERROR\x03500', '^RROR\x03500'])('knows the ERROR %j, at any time', (body) => {
    const refusal = { reason: "the peer refused us: '500'", refused: true };

    expect(answered(commandFrame(body)).failure).toEqual(refusal);
    expect(answered(commandFrame('\x07WELCOME'), commandFrame(body)).failure).toEqual(refusal);
  });

  it('does not let two clients meet, and leaves two servers waiting', () => {
    const clients = [client('a', 'b'), client('a', 'b')] as const;
    meet(...clients);
    expect(clients.map(({ failure }) => failure.reason)).toContain("expected WELCOME, got 'HELLO'");

    const servers = [server(), server()] as const;
    meet(...servers);
    expect(servers.map(({ outcome }) => outcome)).toEqual([undefined, undefined]);
  });
});

describe('the server of PLAIN', () => {
  it.each([
    ['a byte too many', '\x05HELLO\x05admin\x06s3cret!'],
    ['a byte too few', '\x05HELLO\x05admin\x06s3cre'],
    ['no password', '\x05HELLO\x05admin'],
    ['half a name', '\x05HELLO\x05adm'],
    ['nothing', '\x05HELLO'],
    ['only a length', '\x05HELLO\0'],
    ['a name that reaches beyond', '\x05HELLO\xff\0'],
  ])('refuses a HELLO with %s, and asks nobody', (_what, body) => {
    const side = served(commandFrame(body));

    expect(side.failure).toEqual({ reason: `a malformed HELLO of ${body.length} bytes`, refused: false });
    expect(side.said).toBe(hexOf(greetingOf('PLAIN')));
  });

  it.each([
    ['username', '\x05HELLO\x02\xff\xfe\0'],
    ['password', '\x05HELLO\0\x01\xc3'],
  ])('refuses a %s that is not UTF-8', (what, body) => {
    expect(served(commandFrame(body)).failure).toEqual({
      reason: `a HELLO whose ${what} is not UTF-8`,
      refused: false,
    });
  });

  it.each([
    ['INITIATE first', commandFrame('\x08INITIATE'), "expected HELLO, got 'INITIATE'"],
    ['READY first', commandFrame('\x05READY'), "expected HELLO, got 'READY'"],
    ['WELCOME first', commandFrame('\x07WELCOME'), "expected HELLO, got 'WELCOME'"],
  ])('refuses %s', (_what, frame, reason) => {
    expect(served(frame).failure).toEqual({ reason, refused: false });
  });

  it('refuses a second HELLO', () => {
    expect(served(hello, hello).failure.reason).toBe("expected INITIATE, got 'HELLO'");
  });

  it('checks an INITIATE before it says READY', () => {
    const welcome = hexOf(greetingOf('PLAIN')) + hexOf(commandFrame('\x07WELCOME'));
    for (const [text, reason] of [
      [metadata('SUB'), /^a PULL socket does not talk to one of type 'SUB'$/],
      ['\x0b', /^malformed metadata/],
    ] as const) {
      const side = served(hello, commandFrame(`\x08INITIATE${text}`));
      expect(side.failure).toEqual({ reason: expect.stringMatching(reason), refused: false });
      expect(side.said).toBe(welcome);
    }
  });

  it('is done with its READY', () => {
    for (const [, lengths] of cuts) {
      const side = server().feed(
        joinedBytes(greetingOf('PLAIN'), hello, commandFrame(`\x08INITIATE${metadata('PUSH')}`), bytesOf('000178')),
        lengths,
      );
      expect(side.peer).toMatchObject({ socketType: 'PUSH' });
      expect(side.traffic).toBe('000178');
      expect(side.said.endsWith(hexOf(commandFrame(`\x05READY${metadata('PULL')}`)))).toBe(true);
    }
  });
});

describe('the client of PLAIN', () => {
  it.each([
    ['a WELCOME with more', '\x07WELCOME\0', 'WELCOME of 9 bytes: 8 were expected'],
    ['a WELCOME that is cut off', '\x07WELCOM', "expected WELCOME, got '\\x07WELCOM'"],
    ['READY instead', '\x05READY', "expected WELCOME, got 'READY'"],
    ['an ERROR that is cut off', '\x05ERROR', 'a malformed ERROR of 6 bytes'],
    ['a misspelt ERROR that is cut off', '^RROR\x03', 'a malformed ERROR of 6 bytes'],
  ])('refuses %s', (_what, body, reason) => {
    expect(answered(commandFrame(body)).failure).toEqual({ reason, refused: false });
  });

  it('refuses a second WELCOME, and a type that ours does not talk to', () => {
    const welcome = commandFrame('\x07WELCOME');

    expect(answered(welcome, welcome).failure.reason).toBe("expected READY, got 'WELCOME'");
    expect(answered(welcome, commandFrame(`\x05READY${metadata('PUB')}`)).failure.reason).toBe(
      "a PUSH socket does not talk to one of type 'PUB'",
    );
  });

  it('says INITIATE once it is welcome', () => {
    const side = answered(commandFrame('\x07WELCOME'));

    expect(side.said.endsWith(hexOf(commandFrame(`\x08INITIATE${metadata('PUSH')}`)))).toBe(true);
    expect(side.outcome).toBeUndefined();
  });
});

import fc from 'fast-check';
import type { CurvePrimitives } from '../../../src/engine/zmtp/Cipher.js';
import type { HandshakeSettings } from '../../../src/engine/zmtp/HandshakeSettings.js';
import { greetingOf, latin, recordedKeys, transcript, withFixedRandomness } from '../zmtp/Side.js';

/** What a side is, and streams that a good peer of it has sent. */
export interface Scenario {
  readonly name: string;
  /** Made anew for each side: nothing about it may depend on chance. */
  readonly settings: () => Partial<HandshakeSettings>;
  readonly streams: readonly Uint8Array[];
}

/** How many runs a property gets: some seconds' worth, times RXZMQ_FUZZ. */
export function runs(count: number): number {
  return Math.max(1, Math.round(count * multiplier));
}

export const multiplier = Number(process.env['RXZMQ_FUZZ'] ?? 1);

export function scenarios(curve: CurvePrimitives): readonly Scenario[] {
  const keys = recordedKeys();
  const peers = (...names: string[]) =>
    names.flatMap((name) => [transcript(name, 'client'), transcript(name, 'server')]);
  return [
    { name: 'NULL', settings: () => ({}), streams: peers('push_pull_null', 'fallback_zmtp10', 'null_zap_denied') },
    {
      name: 'NULL with metadata',
      settings: () => ({ socketType: 'ROUTER', identity: latin('me'), properties: new Map([['X-A', latin('1')]]) }),
      streams: peers('dealer_router_identity', 'req_rep_null', 'fallback_zmtp20', 'probe_router'),
    },
    {
      name: 'NULL with an authenticator',
      settings: () => ({ socketType: 'SUB', security: { mechanism: 'null', authenticate: () => 'somebody' } }),
      streams: peers('fallback_zmtp30_sub', 'sub_pub_null'),
    },
    {
      name: 'PLAIN, client',
      settings: () => ({ socketType: 'PUSH', security: { mechanism: 'plain', username: 'admin', password: 's3cret' } }),
      streams: peers('plain_ok', 'plain_denied'),
    },
    {
      name: 'PLAIN, server',
      settings: () => ({ security: { mechanism: 'plain', authenticate: ({ password }) => password === 's3cret' } }),
      streams: peers('plain_ok', 'plain_denied'),
    },
    {
      name: 'CURVE, client',
      settings: () => ({
        socketType: 'DEALER',
        identity: latin('C1'),
        security: {
          mechanism: 'curve',
          serverKey: keys['S_public']!,
          publicKey: keys['C_public']!,
          secretKey: keys['c_secret']!,
        },
        curve: withFixedRandomness(curve, { publicKey: keys['Ct_public']!, secretKey: keys['ct_secret']! }, [
          keys['vouch_nonce16']!,
        ]),
      }),
      streams: peers('curve'),
    },
    {
      name: 'CURVE, server',
      settings: () => ({
        socketType: 'ROUTER',
        security: { mechanism: 'curve', secretKey: keys['s_secret']!, authenticate: () => true },
        curve: withFixedRandomness(curve, { publicKey: keys['St_public']!, secretKey: keys['st_secret']! }, [
          keys['cookie_nonce16']!,
          keys['cookie_key']!,
          keys['welcome_nonce16']!,
        ]),
      }),
      streams: peers('curve'),
    },
  ];
}

/** Lengths of chunks; what is left of a stream comes in one more. */
export const splits = fc.array(
  fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 300 })),
  {
    maxLength: 60,
  },
);

/** Bytes of all kinds: mere chance, a greeting and then chance, and good streams with faults. */
export function streams({ streams }: Scenario): fc.Arbitrary<Uint8Array> {
  const noise = fc.uint8Array({ maxLength: 400 });
  const greeting = fc
    .tuple(fc.constantFrom('NULL', 'PLAIN', 'CURVE'), fc.constantFrom(0, 1), fc.array(frames, { maxLength: 4 }))
    .map(([mechanism, minor, bodies]) => concat(greetingOf(mechanism, minor), ...bodies));
  const faulty = fc
    .tuple(fc.constantFrom(...streams), fc.array(fault, { maxLength: 4 }))
    .map(([stream, faults]) => faults.reduce((bytes, change) => change(bytes), stream));
  return fc.oneof(
    { weight: 1, arbitrary: noise },
    { weight: 2, arbitrary: greeting },
    { weight: 5, arbitrary: faulty },
  );
}

const words = ['\x05READY', '\x05HELLO', '\x07WELCOME', '\x08INITIATE', '\x07MESSAGE', '\x05ERROR', '^RROR', ''];
const names = ['\x0bSocket-Type', '\x08Identity', '\x0bsocket-type', '\0', '\x03X-A'];
const types = ['PUSH', 'PULL', 'DEALER', 'ROUTER', 'PUB', 'SUB', ''];

/** A property whose lengths may lie. */
const properties = fc
  .tuple(fc.constantFrom(...names), fc.constantFrom(...types), fc.option(fc.integer(), { nil: undefined, freq: 8 }))
  .map(([name, value, length = value.length]) => {
    const claimed = [length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255];
    return concat(latin(name), Uint8Array.from(claimed), latin(value));
  });

/** A command, or what looks like one. */
const frames = fc
  .tuple(
    fc.constantFrom(...words),
    fc.array(properties, { maxLength: 3 }),
    fc.uint8Array({ maxLength: 20 }),
    fc.nat(255),
    fc.option(fc.nat(300), { nil: undefined, freq: 8 }),
  )
  .map(([word, metadata, tail, flags, claimed]) => {
    const body = concat(latin(word), ...metadata, flags < 64 ? tail : new Uint8Array(0));
    const length = claimed ?? body.length;
    const long = (flags & 2) !== 0 || length > 255;
    const header = long ? [6, 0, 0, 0, 0, 0, 0, length >> 8, length & 255] : [4, length];
    return concat(Uint8Array.from(header), body);
  });

/** Something that happens to a stream on its way. */
const fault: fc.Arbitrary<(bytes: Uint8Array) => Uint8Array> = fc.oneof(
  fc.tuple(fc.nat(), fc.nat(7)).map(([at, bit]) => (bytes: Uint8Array) => {
    const changed = bytes.slice();
    if (changed.length > 0) changed[at % changed.length]! ^= 1 << bit;
    return changed;
  }),
  fc.tuple(fc.nat(), fc.nat(255)).map(([at, value]) => (bytes: Uint8Array) => {
    const changed = bytes.slice();
    if (changed.length > 0) changed[at % changed.length] = value;
    return changed;
  }),
  fc.nat().map((at) => (bytes: Uint8Array) => bytes.slice(0, at % (bytes.length + 1))),
  fc.tuple(fc.nat(), fc.nat(30)).map(([at, count]) => (bytes: Uint8Array) => {
    const start = at % (bytes.length + 1);
    return concat(bytes.subarray(0, start), bytes.subarray(start + count));
  }),
  fc.tuple(fc.nat(), fc.uint8Array({ maxLength: 30 })).map(([at, more]) => (bytes: Uint8Array) => {
    const start = at % (bytes.length + 1);
    return concat(bytes.subarray(0, start), more, bytes.subarray(start));
  }),
  fc.tuple(fc.nat(), fc.nat(200)).map(([at, count]) => (bytes: Uint8Array) => {
    const start = at % (bytes.length + 1);
    return concat(bytes.subarray(0, start + count), bytes.subarray(start));
  }),
);

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCurvePrimitives } from '../../../src/engine/carriers/node/curvePrimitives.js';
import type { CurvePrimitives } from '../../../src/engine/zmtp/Cipher.js';
import type { HandshakeSettings } from '../../../src/engine/zmtp/HandshakeSettings.js';
import { nonceOf, shortNonce } from '../../../src/engine/zmtp/nonces.js';
import {
  Side,
  bytesOf,
  cuts,
  greetingOf,
  hexOf,
  joinedBytes,
  latin,
  recordedKeys,
  summaryOf,
  transcript,
  withFixedRandomness,
} from './Side.js';

let curve: CurvePrimitives;
beforeAll(async () => void (curve = await loadCurvePrimitives()));

/** What a recorded side is, and how its traffic begins; '': there is none. */
interface Recorded {
  readonly settings: () => Partial<HandshakeSettings>;
  readonly traffic: string;
}

const plain = (socketType: string, traffic: string, identity = ''): Recorded => ({
  settings: () => ({ socketType, identity: latin(identity) }),
  traffic,
});

const keys = recordedKeys();
const curveClient: Recorded = {
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
  traffic: '0026074d4553534147450000000000000003',
};
const curveServer: Recorded = {
  settings: () => ({
    socketType: 'ROUTER',
    security: { mechanism: 'curve', secretKey: keys['s_secret']! },
    curve: withFixedRandomness(curve, { publicKey: keys['St_public']!, secretKey: keys['st_secret']! }, [
      keys['cookie_nonce16']!,
      keys['cookie_key']!,
      keys['welcome_nonce16']!,
    ]),
  }),
  traffic: '0026074d4553534147450000000000000002',
};
const plainClient: Recorded = {
  settings: () => ({
    socketType: 'PUSH',
    security: { mechanism: 'plain', username: 'admin', password: 's3cret' },
  }),
  traffic: '000a736563726574206d7367',
};
const plainServer: Recorded = {
  settings: () => ({ socketType: 'PULL', security: { mechanism: 'plain', authenticate: () => true } }),
  traffic: '',
};

const connections: Readonly<Record<string, { readonly client: Recorded; readonly server: Recorded }>> = {
  push_pull_null: { client: plain('PUSH', '000568656c6c6f0102703101027032'), server: plain('PULL', '') },
  sub_pub_null: { client: plain('SUB', '040b09535542534352494245'), server: plain('PUB', '01024131') },
  req_rep_null: { client: plain('REQ', '010000027131'), server: plain('REP', '010000027231') },
  req_rep_correlate: { client: plain('REQ', '0104f341b1ae0100'), server: plain('REP', '0104f341b1ae0100') },
  dealer_router_identity: {
    client: plain('DEALER', '010000026869', 'id-1'),
    server: plain('ROUTER', '010000046261636b', 'srv'),
  },
  dish_radio_tcp: { client: plain('DISH', '0407044a4f494e6731'), server: plain('RADIO', '01026731') },
  client_server: { client: plain('CLIENT', '0003726571'), server: plain('SERVER', '0003726570') },
  scatter_gather: { client: plain('SCATTER', '0002733100027332'), server: plain('GATHER', '') },
  channel: { client: plain('CHANNEL', '000470696e67'), server: plain('CHANNEL', '0004706f6e67') },
  pair: { client: plain('PAIR', '010161000162'), server: plain('PAIR', '000163') },
  peer: { client: plain('PEER', '000568656c6c6f'), server: plain('PEER', '00046261636b') },
  heartbeat: { client: plain('PUSH', '04070450494e47000a'), server: plain('PULL', '040504504f4e47') },
  xsub_xpub: { client: plain('XSUB', '00020154'), server: plain('XPUB', '00025478') },
  hello_msg: { client: plain('DEALER', ''), server: plain('ROUTER', '000448454c4f') },
  probe_router: { client: plain('DEALER', '0000', 'P'), server: plain('ROUTER', '') },
  plain_ok: { client: plainClient, server: plainServer },
  curve: { client: curveClient, server: curveServer },
};

const roles = [
  ['client', 'server'],
  ['server', 'client'],
] as const;
const cases = Object.entries(connections).flatMap(([name, sides]) =>
  roles.flatMap(([role, other]) => cuts.map(([cut, lengths]) => ({ name, role, other, sides, cut, lengths }))),
);

/** Begins so; where there is no traffic, it is all. */
const beginning = (hex: string, traffic: string) => new RegExp(`^${hex}${traffic}${traffic === '' ? '$' : ''}`);

describe('a recorded handshake of libzmq', () => {
  it.each(cases)('$name, in the place of its $role, fed $cut', ({ name, role, other, sides, lengths }) => {
    const own = sides[role].settings();
    const its = sides[other].settings();
    const side = new Side(own).feed(transcript(name, other), lengths);

    expect(side.peer.version).toBe(3.1);
    expect(side.peer.socketType).toBe(its.socketType);
    expect(side.peer.identity).toEqual(its.identity ?? new Uint8Array(0));
    expect(side.late).toBe(0);
    expect(hexOf(transcript(name, role))).toMatch(beginning(side.said, sides[role].traffic));
    expect(side.traffic).toMatch(beginning('', sides[other].traffic));
    expect(hexOf(transcript(name, other)).endsWith(side.traffic)).toBe(true);
  });
});

describe('a recorded handshake, fed at splits that were drawn', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 150 }), { maxLength: 60 });
  const sides = Object.entries(connections).flatMap(([name, both]) =>
    roles.map(([role, other]) => [name, role, other, both[role]] as const),
  );

  it.each(sides)('%s, in the place of its %s', (name, _role, other, { settings }) => {
    const whole = summaryOf(new Side(settings()).feed(transcript(name, other)));
    fc.assert(
      fc.property(lengths, (cut) => {
        expect(summaryOf(new Side(settings()).feed(transcript(name, other), cut))).toEqual(whole);
      }),
      { numRuns: 25 },
    );
    expect(whole).toMatchObject({ late: 0, peer: { version: 3.1 } });
  });
});

describe('recorded messages under CURVE', () => {
  const messages = (name: 'client' | 'server', start: number) => {
    const bytes = transcript('curve', name).subarray(start);
    const bodies: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += 2 + bytes[at + 1]!)
      bodies.push(bytes.subarray(at + 2, at + 2 + bytes[at + 1]!));
    return bodies;
  };
  const said = {
    client: [
      { flags: 1, body: latin('hello') },
      { flags: 0, body: latin('two') },
    ],
    server: [
      { flags: 1, body: latin('world') },
      { flags: 0, body: latin('!') },
    ],
  };

  it.each(roles)('as its %s: the other’s are opened, and ours are sealed byte for byte', (role, other) => {
    const start = { client: 569, server: 301 };
    const { cipher } = new Side(connections['curve']![role].settings()).feed(transcript('curve', other));

    expect(messages(other, start[other]).map((body) => cipher.open(body))).toEqual(said[other]);
    expect(said[role].map(({ flags, body }) => hexOf(cipher.seal(flags, body)))).toEqual(
      messages(role, start[role]).map(hexOf),
    );
  });
});

describe('the counts of boxes under CURVE', () => {
  it.each([
    ['client', 'server', 'S', 1],
    ['server', 'client', 'C', 2],
  ] as const)(
    'go on from those of the handshake: a %s takes no MESSAGE with the count of the last box',
    (role, other, letter, last) => {
      const { cipher } = new Side(connections['curve']![role].settings()).feed(transcript('curve', other));
      const message = (count: number) => {
        const nonce = nonceOf(`CurveZMQMESSAGE${letter}`, shortNonce(count));
        const box = curve.seal(keys['precom']!, nonce, bytesOf('0078'));
        return joinedBytes(latin('\x07MESSAGE'), shortNonce(count), box);
      };

      expect(() => cipher.open(message(last))).toThrow('a MESSAGE came twice, or late');
      expect(cipher.open(message(last + 1)).body).toEqual(latin('x'));
    },
  );
});

describe.each(cuts)('a recorded refusal of libzmq, fed %s', (_cut, lengths) => {
  it('PLAIN: its ERROR, which is misspelt', () => {
    const security = { mechanism: 'plain', username: 'admin', password: 'bad' } as const;
    const side = new Side({ socketType: 'PUSH', security }).feed(transcript('plain_denied', 'server'), lengths);

    expect(side.said).toBe(hexOf(transcript('plain_denied', 'client')));
    expect(side.failure).toEqual({ reason: "the peer refused us: '400'", refused: true });
  });

  it('PLAIN: ours, spelt as it should be', () => {
    const heard: unknown[] = [];
    const authenticate = (who: unknown) => heard.push(who) < 0;
    const side = new Side({ security: { mechanism: 'plain', authenticate } });
    side.feed(transcript('plain_denied', 'client'), lengths);

    expect(heard).toEqual([{ mechanism: 'plain', address: '127.0.0.1', username: 'admin', password: 'bad' }]);
    expect(side.said).toBe(hexOf(joinedBytes(greetingOf('PLAIN'), bytesOf('040a 05 4552524f52 03 343030'))));
    expect(side.failure).toEqual({ reason: 'authenticate refused the peer', refused: true });
  });

  it('NULL: its ERROR', () => {
    const side = new Side({ socketType: 'PUSH' }).feed(transcript('null_zap_denied', 'server'), lengths);

    expect(side.said).toBe(hexOf(transcript('null_zap_denied', 'client')));
    expect(side.failure).toEqual({ reason: "the peer refused us: '400'", refused: true });
  });

  it('NULL: ours', () => {
    const side = new Side({ security: { mechanism: 'null', authenticate: () => false } });
    side.feed(transcript('null_zap_denied', 'client'), lengths);

    expect(side.said).toBe(hexOf(transcript('null_zap_denied', 'server')));
    expect(side.failure).toEqual({ reason: 'authenticate refused the peer', refused: true });
  });
});

describe.each(cuts)('a recorded peer of an older version, fed %s', (_cut, lengths) => {
  it('2.0: is answered in its own way', () => {
    const side = new Side({ socketType: 'ROUTER' }).feed(transcript('fallback_zmtp20', 'client'), lengths);

    expect(side.said).toBe(hexOf(transcript('fallback_zmtp20', 'server').subarray(0, 14)));
    expect(side.peer).toEqual({
      version: 2,
      socketType: 'DEALER',
      identity: latin('old'),
      properties: new Map(),
      userId: undefined,
    });
    expect(side.traffic).toBe('00026869');
  });

  it('3.0: is told apart from 3.1', () => {
    const side = new Side({ socketType: 'SUB' }).feed(transcript('fallback_zmtp30_sub', 'client'), lengths);

    expect(hexOf(transcript('fallback_zmtp30_sub', 'server'))).toBe(`${side.said}0002014100020041`);
    expect(side.peer).toMatchObject({ version: 3, socketType: 'PUB' });
    expect(side.traffic).toBe('00024178');
  });

  it('1.0: is refused', () => {
    const side = new Side({ socketType: 'PUB' }).feed(transcript('fallback_zmtp10', 'client'), lengths);

    expect(side.said).toBe('ff00000000000000017f');
    expect(side.failure.reason).toMatch(/^the peer speaks no ZMTP from 2.0 up: it began with 01/);
    expect(side.failure.refused).toBe(false);
  });
});

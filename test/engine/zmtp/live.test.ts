import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Dealer, Publisher, Pull, Push, Reply, Router, Subscriber, curveKeyPair } from 'zeromq';
import { loadCurvePrimitives } from '../../../src/engine/carriers/node/curvePrimitives.js';
import type { CurvePrimitives } from '../../../src/engine/zmtp/Cipher.js';
import { encodePing, encodeSubscribe } from '../../../src/engine/zmtp/commands.js';
import { COMMAND, MORE } from '../../../src/engine/zmtp/flags.js';
import type { Credentials } from '../../../src/driver/DriverSecurity.js';
import { decodeZ85 } from '../../../src/basics/z85.js';
import { boundPeer, connectedPeer, nextEvent } from '../../helpers/peers.js';
import { hexOf, latin } from './Side.js';
import { bindWire, connectWire } from './Wire.js';

let curve: CurvePrimitives;
beforeAll(async () => void (curve = await loadCurvePrimitives()));

/** Answers libzmq's questions who may come in, until the test ends. */
async function answerZap(admits: (credentials: string[]) => boolean): Promise<void> {
  await (zapHandler ??= startZapHandler());
  admitted = admits;
  onTestFinished(() => void (admitted = () => true));
}

/** One for the whole file: libzmq gives its name free only some time after it is closed. */
let zapHandler: Promise<void> | undefined;
let admitted: (credentials: string[]) => boolean = () => true;

async function startZapHandler(): Promise<void> {
  const handler = new Reply({ linger: 0 });
  await handler.bind('inproc://zeromq.zap.01');
  void (async () => {
    for await (const [version, id, , , , , ...credentials] of handler) {
      const status = admitted(credentials.map((part) => part.toString('latin1'))) ? '200' : '400';
      await handler.send([version!, id!, status, '', '', '']);
    }
  })();
}

const texts = (parts: Buffer[]) => parts.map(String);

describe('NULL, with libzmq at the other end', () => {
  it('connects', async () => {
    const { socket, endpoint } = await boundPeer(new Pull());
    const wire = await connectWire(endpoint, { socketType: 'PUSH' });
    await wire.ended();
    wire.write(latin('hello'), MORE);
    wire.write(latin('there'));

    expect(wire.peer).toMatchObject({ version: 3.1, socketType: 'PULL' });
    expect(texts(await socket.receive())).toEqual(['hello', 'there']);
  });

  it('accepts', async () => {
    const { endpoint, accepted } = await bindWire({ socketType: 'PULL' });
    const push = connectedPeer(new Push(), endpoint);
    await push.send(['hello', 'there']);
    const wire = await accepted;

    expect(await wire.read()).toEqual({ more: true, command: false, text: 'hello' });
    expect(await wire.read()).toEqual({ more: false, command: false, text: 'there' });
    expect(wire.peer).toMatchObject({ version: 3.1, socketType: 'PUSH' });
  });

  it('tells routing ids both ways', async () => {
    const { socket, endpoint } = await boundPeer(new Router({ routingId: 'srv' }));
    const wire = await connectWire(endpoint, { socketType: 'DEALER', identity: latin('id-1') });
    await wire.ended();
    wire.write(latin('hi'));

    expect(wire.peer.identity).toEqual(latin('srv'));
    expect(texts(await socket.receive())).toEqual(['id-1', 'hi']);
    await socket.send(['id-1', 'back']);
    expect((await wire.read()).text).toBe('back');
  });

  it('takes subscriptions as commands, and gives them', async () => {
    const { socket, endpoint } = await boundPeer(new Publisher());
    const wire = await connectWire(endpoint, { socketType: 'SUB' });
    await wire.ended();
    wire.write(encodeSubscribe(latin('A')), COMMAND);
    wire.write(encodePing(0, latin('done?')), COMMAND);
    expect(await wire.read()).toMatchObject({ command: true, text: '\x04PONGdone?' });
    await socket.send('B');
    await socket.send('A1');
    expect((await wire.read()).text).toBe('A1');

    const { endpoint: ours, accepted } = await bindWire({ socketType: 'PUB' });
    connectedPeer(new Subscriber(), ours).subscribe('topic');
    expect(await (await accepted).read()).toMatchObject({ command: true, text: '\x09SUBSCRIBEtopic' });
  });

  it('is refused by its authenticator', async () => {
    await answerZap(() => false);
    const { endpoint } = await boundPeer(new Pull({ zapDomain: 'global' }));
    const wire = await connectWire(endpoint, { socketType: 'PUSH' });
    await wire.ended();

    expect(wire.failure).toEqual({ reason: "the peer refused us: '400'", refused: true });
  });

  it('refuses by an authenticator of ours, which libzmq understands', async () => {
    const { endpoint, accepted } = await bindWire({ security: { mechanism: 'null', authenticate: async () => false } });
    const push = new Push();
    const refused = nextEvent(push, 'handshake:error:auth');
    connectedPeer(push, endpoint);
    await (await accepted).ended();

    expect(await refused).toMatchObject({ error: { status: 400 } });
    await (await accepted).closed();
  });

  it('refuses a type that it does not talk to, and is refused by it', async () => {
    const { endpoint } = await boundPeer(new Pull());
    const wire = await connectWire(endpoint, { socketType: 'SUB' });
    await wire.ended();
    expect(wire.failure.reason).toBe("a SUB socket does not talk to one of type 'PULL'");
    await wire.closed();
  });

  it('finds another mechanism at the other end', async () => {
    const { endpoint } = await boundPeer(new Pull({ plainServer: true }));
    const wire = await connectWire(endpoint, { socketType: 'PUSH' });
    await wire.closed();

    // libzmq may close before it has said so
    expect([
      undefined,
      { kind: 'failed', reason: "the peer's security is 'PLAIN', ours is NULL", refused: false },
    ]).toContainEqual(wire.outcome);
  });
});

describe('PLAIN, with libzmq at the other end', () => {
  const admin = { mechanism: 'plain', username: 'admin', password: 's3cret' } as const;

  it('is let in as a client', async () => {
    const asked: string[][] = [];
    await answerZap((credentials) => asked.push(credentials) > 0);
    const { socket, endpoint } = await boundPeer(new Pull({ plainServer: true, zapDomain: 'global' }));
    const wire = await connectWire(endpoint, { socketType: 'PUSH', security: admin });
    await wire.ended();
    wire.write(latin('hello'));

    expect(wire.peer).toMatchObject({ version: 3.1, socketType: 'PULL' });
    expect(asked).toEqual([['admin', 's3cret']]);
    expect(texts(await socket.receive())).toEqual(['hello']);
  });

  it('is kept out as a client', async () => {
    await answerZap(([, password]) => password === 'other');
    const { endpoint } = await boundPeer(new Pull({ plainServer: true, zapDomain: 'global' }));
    const wire = await connectWire(endpoint, { socketType: 'PUSH', security: admin });
    await wire.ended();

    expect(wire.failure).toEqual({ reason: "the peer refused us: '400'", refused: true });
  });

  it('lets in as a server', async () => {
    const asked: Credentials[] = [];
    const authenticate = (who: Credentials) => asked.push(who) > 0 && who.username!;
    const { endpoint, accepted } = await bindWire({ security: { mechanism: 'plain', authenticate } });
    const push = connectedPeer(new Push({ plainUsername: 'admin', plainPassword: 's3cret' }), endpoint);
    await push.send('hello');

    expect((await (await accepted).read()).text).toBe('hello');
    expect((await accepted).peer).toMatchObject({ socketType: 'PUSH', userId: 'admin' });
    expect(asked).toEqual([{ mechanism: 'plain', address: '127.0.0.1', username: 'admin', password: 's3cret' }]);
  });

  it('keeps out as a server', async () => {
    const authenticate = async () => false;
    const { endpoint, accepted } = await bindWire({ security: { mechanism: 'plain', authenticate } });
    const push = new Push({ plainUsername: 'admin', plainPassword: 'bad' });
    const refused = nextEvent(push, 'handshake:error:protocol'); // it knows but its own spelling of ERROR
    connectedPeer(push, endpoint);
    await refused;

    expect((await accepted).failure).toEqual({ reason: 'authenticate refused the peer', refused: true });
    await (await accepted).closed();
  });
});

describe('CURVE, with libzmq at the other end', () => {
  const serverPair = curveKeyPair();
  const clientPair = curveKeyPair();
  const raw = (text: string) => decodeZ85(text)!;
  const ourClient = (serverKey = serverPair.publicKey) =>
    ({
      mechanism: 'curve',
      serverKey: raw(serverKey),
      publicKey: raw(clientPair.publicKey),
      secretKey: raw(clientPair.secretKey),
    }) as const;
  const ourServer = (authenticate?: (who: Credentials) => boolean | string | Promise<boolean>) =>
    ({ mechanism: 'curve', secretKey: raw(serverPair.secretKey), authenticate }) as const;
  const itsServer = { curveServer: true, curveSecretKey: serverPair.secretKey };
  const itsClient = {
    curveServerKey: serverPair.publicKey,
    curvePublicKey: clientPair.publicKey,
    curveSecretKey: clientPair.secretKey,
  };

  it('talks both ways as a client', async () => {
    const { socket, endpoint } = await boundPeer(new Router({ ...itsServer, routingId: 'srv' }));
    const wire = await connectWire(endpoint, {
      socketType: 'DEALER',
      identity: latin('C1'),
      security: ourClient(),
      curve,
    });
    await wire.ended();
    wire.write(latin('hello'), MORE);
    wire.write(encodePing(0), COMMAND); // between its parts
    wire.write(latin('there'));

    expect(wire.peer).toMatchObject({ version: 3.1, socketType: 'ROUTER', identity: latin('srv') });
    expect(texts(await socket.receive())).toEqual(['C1', 'hello', 'there']);
    expect(await wire.read()).toEqual({ more: false, command: true, text: '\x04PONG' });
    await socket.send(['C1', 'and', 'back']);
    expect(await wire.read()).toEqual({ more: true, command: false, text: 'and' });
    expect(await wire.read()).toEqual({ more: false, command: false, text: 'back' });
  });

  it('talks both ways as a server', async () => {
    const { endpoint, accepted } = await bindWire({ socketType: 'ROUTER', security: ourServer(), curve });
    const dealer = connectedPeer(new Dealer({ ...itsClient, routingId: 'C1' }), endpoint);
    await dealer.send(['hello', 'there']);
    const wire = await accepted;

    expect(await wire.read()).toEqual({ more: true, command: false, text: 'hello' });
    expect(await wire.read()).toEqual({ more: false, command: false, text: 'there' });
    expect(wire.peer).toMatchObject({ version: 3.1, socketType: 'DEALER', identity: latin('C1') });
    wire.write(latin('and'), MORE);
    wire.write(latin('back'));
    expect(texts(await dealer.receive())).toEqual(['and', 'back']);
  });

  it('says its subscriptions in boxes', async () => {
    const { endpoint, accepted } = await bindWire({ socketType: 'PUB', security: ourServer(), curve });
    connectedPeer(new Subscriber(itsClient), endpoint).subscribe('topic');
    expect(await (await accepted).read()).toMatchObject({ command: true, text: '\x09SUBSCRIBEtopic' });

    const { socket, endpoint: its } = await boundPeer(new Publisher(itsServer));
    const wire = await connectWire(its, { socketType: 'SUB', security: ourClient(), curve });
    await wire.ended();
    wire.write(encodeSubscribe(latin('A')), COMMAND);
    wire.write(encodePing(0), COMMAND);
    expect((await wire.read()).text).toBe('\x04PONG');
    await socket.send('A1');
    expect((await wire.read()).text).toBe('A1');
  });

  it('is asked for its key', async () => {
    const asked: string[][] = [];
    await answerZap((credentials) => asked.push(credentials) > 0);
    const { endpoint } = await boundPeer(new Pull({ ...itsServer, zapDomain: 'global' }));
    const wire = await connectWire(endpoint, { socketType: 'PUSH', security: ourClient(), curve });
    await wire.ended();

    expect(wire.peer.socketType).toBe('PULL');
    expect(asked.map(([key]) => hexOf(latin(key!)))).toEqual([hexOf(raw(clientPair.publicKey))]);
  });

  it('is kept out by its authenticator', async () => {
    await answerZap(() => false);
    const { endpoint } = await boundPeer(new Pull({ ...itsServer, zapDomain: 'global' }));
    const wire = await connectWire(endpoint, { socketType: 'PUSH', security: ourClient(), curve });
    await wire.ended();

    expect(wire.failure).toEqual({ reason: "the peer refused us: '400'", refused: true });
  });

  it('asks for its key', async () => {
    const asked: Credentials[] = [];
    const authenticate = (who: Credentials) => asked.push(who) > 0 && 'alice';
    const { endpoint, accepted } = await bindWire({ security: ourServer(authenticate), curve });
    connectedPeer(new Push(itsClient), endpoint);
    await (await accepted).ended();

    expect((await accepted).peer).toMatchObject({ socketType: 'PUSH', userId: 'alice' });
    expect(asked).toEqual([{ mechanism: 'curve', address: '127.0.0.1', publicKey: raw(clientPair.publicKey) }]);
  });

  it('keeps it out, which it understands', async () => {
    const { endpoint, accepted } = await bindWire({ security: ourServer(async () => false), curve });
    const push = new Push(itsClient);
    const refused = nextEvent(push, 'handshake:error:auth');
    connectedPeer(push, endpoint);

    expect(await refused).toMatchObject({ error: { status: 400 } });
    expect((await accepted).failure.refused).toBe(true);
    await (await accepted).closed();
  });

  it('is hung up on where it has another server’s key', async () => {
    const { endpoint } = await boundPeer(new Pull(itsServer));
    const wire = await connectWire(endpoint, {
      socketType: 'PUSH',
      security: ourClient(curveKeyPair().publicKey),
      curve,
    });
    await wire.closed();

    expect(wire.outcome).toBeUndefined();
  });

  it('hangs up on it where it has another server’s key', async () => {
    const { endpoint, accepted } = await bindWire({ security: ourServer(), curve });
    connectedPeer(new Push({ ...itsClient, curveServerKey: curveKeyPair().publicKey }), endpoint);
    await (await accepted).ended();

    expect((await accepted).failure.reason).toMatch(/^HELLO could not be opened/);
  });
});

import { describe, expect, it } from 'vitest';
import { Dealer, Reply, Router } from 'zeromq';
import { zapReady } from '../../src/native/ZapHandler.js';
import { boundPeer, connectedPeer, nextEvent, peer } from '../helpers/peers.js';
import { client, type End, mechanisms, pulling, pushing, refusal, server, TCP } from './support.js';

const ZAP = 'inproc://zeromq.zap.01';
const { asks, proves } = mechanisms.plain;
const native = { driver: 'native' } as const;

async function closed({ got, statuses }: End<unknown>): Promise<void> {
  got.unsubscribe();
  await statuses.first('closed');
}

/** Closes a socket of the test's own and waits until its addresses are free. */
async function ended(socket: Router | Reply): Promise<void> {
  const end = nextEvent(socket, 'end');
  socket.close();
  await end;
}

describe('the ZAP handler of native sockets', () => {
  it('ends with the last socket that needs it, and starts again with the next', async () => {
    for (let n = 0; n < 20; n += 1) {
      const bound = pushing(TCP, { ...native, security: asks });
      const end = pulling(await bound.statuses.endpoint(), { ...native, security: proves });
      expect(await end.got.first(1)).toEqual(['hello']);
      await Promise.all([closed(bound), closed(end)]);
    }
    await zapReady();
    const own = peer(new Router());
    own.bindSync(ZAP); // its address is free
    await ended(own);
  });

  it('stays for a socket of CURVE that asks nobody, whose peers libzmq asks it about all the same', async () => {
    const asking = pushing(TCP, { ...native, security: asks });
    await asking.statuses.endpoint();
    const { secretKey, publicKey } = server;
    const open = pushing(TCP, { ...native, security: { mechanism: 'curve', secretKey } });
    const endpoint = await open.statuses.endpoint();
    await closed(asking);
    const own = peer(new Router());
    expect(() => own.bindSync(ZAP)).toThrow('Address already in use');
    const end = pulling(endpoint, { ...native, security: { mechanism: 'curve', serverKey: publicKey } });
    expect(await end.got.first(1)).toEqual(['hello']);
    await Promise.all([closed(open), closed(end)]);
    await zapReady();
    own.bindSync(ZAP);
    await ended(own);
  });

  it('asks each socket about its own peers', async () => {
    const asked: string[] = [];
    const socketFor = (name: string): End =>
      pushing(TCP, {
        ...native,
        security: {
          mechanism: 'plain',
          authenticate: ({ username }) => {
            asked.push(`${name} about ${username}`);
            return username === name;
          },
        },
      });
    const [one, two] = [socketFor('one'), socketFor('two')];
    const comeTo = async (bound: End, username: string): Promise<End> =>
      pulling(await bound.statuses.endpoint(), {
        ...native,
        security: { mechanism: 'plain', username, password: 'x' },
      });
    await refusal(await comeTo(one, 'two'));
    expect(await (await comeTo(one, 'one')).got.first(1)).toEqual(['hello']);
    await closed(one); // the handler goes on for the other
    expect(await (await comeTo(two, 'two')).got.first(1)).toEqual(['hello']);
    expect(asked).toEqual(['one about two', 'one about one', 'two about two']);
    await closed(two);
  });

  it('says so where the program has one of its own, and is not needed for CURVE that asks nobody', async () => {
    await zapReady();
    const own = peer(new Reply());
    own.bindSync(ZAP);
    const error = await pushing(TCP, { ...native, security: asks }).got.error;
    expect(error).toMatchObject({ code: 'ERR_SOCKET', operation: 'open', cause: { cause: { code: 'EADDRINUSE' } } });
    expect((error as Error).message).toContain('another ZAP handler at inproc://zeromq.zap.01');

    await ended(own);
    const bound = pushing(TCP, { ...native, security: { mechanism: 'curve', secretKey: server.secretKey } });
    const free = peer(new Reply());
    await bound.statuses.endpoint();
    free.bindSync(ZAP);
    await ended(free);
  });

  it('leaves sockets alone that are not ours', async () => {
    const bound = pushing(TCP, { ...native, security: asks });
    await bound.statuses.endpoint();
    const exchange = async (mine: object, theirs: object): Promise<void> => {
      const { socket, endpoint } = await boundPeer(new Router(mine));
      const dealer = connectedPeer(new Dealer(theirs), endpoint);
      await dealer.send('hello');
      expect((await socket.receive())[1]!.toString()).toBe('hello');
    };
    await exchange(
      { curveServer: true, curveSecretKey: server.secretKey },
      { curveServerKey: server.publicKey, curvePublicKey: client.publicKey, curveSecretKey: client.secretKey },
    );
    await exchange({ zapDomain: 'global' }, {});

    // libzmq lets nobody in on PLAIN where nobody is there to be asked
    const { socket, endpoint } = await boundPeer(new Router({ plainServer: true }));
    const failed = nextEvent(socket, 'handshake:error:auth');
    connectedPeer(new Dealer({ plainUsername: 'ali', plainPassword: 'open sesame' }), endpoint);
    await failed;
    await closed(bound);
  });
});

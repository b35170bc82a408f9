const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const rxjs = require('rxjs');

/** Moves something over each transport in every way there is, and prints what worked. */
module.exports = async ({ curveKeyPair, fromPull, fromSub, toPush, toPub, request, requester, reply, text }) => {
  const folder = mkdtempSync(join(tmpdir(), 'rxzmq-'));
  let names = 0;

  /** Options of a side that binds, and the endpoint it gets. */
  const binding = () => {
    const endpoint = new rxjs.ReplaySubject(1);
    const status = (told) => told.kind === 'listening' && endpoint.next(told.endpoint);
    return { options: { bind: true, codec: text, status }, endpoint: () => rxjs.firstValueFrom(endpoint) };
  };
  const expectSame = (got, wanted) => {
    if (got !== wanted) throw new Error(`got ${got}, not ${wanted}`);
  };

  const kinds = {
    'push and pull': async (where) => {
      const { options, endpoint } = binding();
      const received = rxjs.firstValueFrom(fromPull(where, options));
      await rxjs.lastValueFrom(rxjs.of('pushed').pipe(toPush(await endpoint(), { bind: false, codec: text })));
      expectSame(await received, 'pushed');
    },
    'publish and subscribe': async (where) => {
      const { options, endpoint } = binding();
      const sent = rxjs.lastValueFrom(rxjs.of('published').pipe(toPub(where, { ...options, waitForSubscribers: 1 })));
      expectSame(await rxjs.firstValueFrom(fromSub(await endpoint(), { codec: text })), 'published');
      await sent;
    },
    'request and reply': async (where) => {
      const { options, endpoint } = binding();
      const server = reply(where, (asked) => asked.toUpperCase(), options).subscribe();
      const answer = rxjs.of('asked').pipe(request(await endpoint(), { codec: text }));
      expectSame(await rxjs.lastValueFrom(answer), 'ASKED');
      server.unsubscribe();
    },
    requester: async (where) => {
      const { options, endpoint } = binding();
      const server = reply(where, (asked) => asked.toUpperCase(), options).subscribe();
      const client = requester(await endpoint(), { codec: text });
      expectSame(await rxjs.firstValueFrom(client.request('again')), 'AGAIN');
      await client.close();
      server.unsubscribe();
    },
  };
  const transports = {
    tcp: () => 'tcp://127.0.0.1:*',
    ipc: () => `ipc://${join(folder, `socket${(names += 1)}`)}`,
    inproc: () => `inproc://name${(names += 1)}`,
  };
  for (const [transport, where] of Object.entries(transports)) {
    for (const [kind, exchange] of Object.entries(kinds)) {
      await exchange(where());
      console.log(`${transport}: ${kind}`);
    }
  }
  rmSync(folder, { recursive: true });

  const { publicKey, secretKey } = curveKeyPair();
  const { options, endpoint } = binding();
  const server = { mechanism: 'curve', secretKey };
  const received = rxjs.firstValueFrom(fromPull('tcp://127.0.0.1:*', { ...options, security: server }));
  const client = { bind: false, codec: text, security: { mechanism: 'curve', serverKey: publicKey } };
  await rxjs.lastValueFrom(rxjs.of('sealed').pipe(toPush(await endpoint(), client)));
  expectSame(await received, 'sealed');
  console.log('CURVE');
};

if (require.main === module) void module.exports(require('rxzmq'));

import { of } from 'rxjs';
import { fromPull, reply, request, text, toPush } from 'rxzmq';
import { expect, it } from 'vitest';
import { Pull, Push } from 'zeromq';
import { collect } from '../helpers/collect.js';
import { boundPeer } from '../helpers/peers.js';
import { Statuses } from '../helpers/Statuses.js';
import { functions, names } from './functions.js';

// RFC 2606: nothing resolves below .invalid.
const nowhere = 'tcp://radio.invalid:5555';
const soon = { reconnect: { initialMs: 1, maxMs: 10 } };

it.each(names.filter((name) => !name.startsWith('request')))(
  '%s tries again and again where the host does not resolve, which is no error',
  async (name) => {
    const statuses = new Statuses();
    const trying = collect(functions[name]!(nowhere, { bind: false, status: statuses, ...soon }));
    expect(await statuses.nth('retrying', 3)).toMatchObject({ endpoint: nowhere, delayMs: expect.any(Number) });
    trying.unsubscribe();
    await statuses.first('closed');
    expect(statuses.all.filter(({ kind }) => kind === 'connected')).toEqual([]);
  },
);

it.each(['request', 'requester'])('%s tries again, and says in time that nobody is there', async (name) => {
  const statuses = new Statuses();
  const asking = collect(functions[name]!(nowhere, { status: statuses, connectTimeoutMs: 200, ...soon }));
  await statuses.nth('retrying', 3);
  expect(await asking.error).toMatchObject({
    code: 'ERR_REQUEST_TIMEOUT',
    endpoints: [nowhere],
    sent: false,
    message: `${name}: no peer at ${nowhere} within 200 ms (1 try)`,
  });
});

it('is served by the endpoints that are there', async () => {
  const { socket, endpoint } = await boundPeer(new Push());
  const received = collect(fromPull([nowhere, endpoint], { codec: text, ...soon }));
  for (const line of ['a', 'b', 'c']) await socket.send(line);
  expect(await received.first(3)).toEqual(['a', 'b', 'c']);
});

it('hands nothing to the endpoints that are not', async () => {
  const { socket, endpoint } = await boundPeer(new Pull());
  const lines = Array.from({ length: 20 }, (_, i) => `${i}`);
  const sent = collect(of(...lines).pipe(toPush([nowhere, endpoint], { bind: false, codec: text, ...soon })));
  const got: string[] = [];
  while (got.length < lines.length) got.push(String(await socket.receive()));
  expect(got).toEqual(lines);
  await sent.completed;
});

it('asks who is there', async () => {
  const server = new Statuses();
  collect(reply('tcp://127.0.0.1:*', (asked) => asked.toUpperCase(), { codec: text, status: server }));
  const endpoint = await server.endpoint();
  const asked = collect(of('a', 'b', 'c').pipe(request([nowhere, endpoint], { codec: text, ...soon })));
  await asked.completed;
  expect(asked.values).toEqual(['A', 'B', 'C']);
});

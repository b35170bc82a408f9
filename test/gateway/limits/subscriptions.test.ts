import { expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { encodePing, encodeSubscription } from '../../../src/engine/web/control.js';
import { messageBytes, writeMessage } from '../../../src/engine/web/batch.js';
import { bind } from '../support/bound.js';
import { closed, knock } from '../support/knock.js';
import { gateway } from '../support/serving.js';

/** A client of a PUB that allows three topics, of up to 1500 bytes, as its hello was accepted. */
async function subscriber(): Promise<WebSocket> {
  const { web, port } = await gateway({ limits: { maxSubscriptions: 3, maxTopicBytes: 1500 } });
  await bind(web, '/iq');
  const { socket } = await knock(port);
  socket!.send('H{"v":1,"type":"sub","messages":10,"bytes":65536}');
  return socket!;
}

const topic = (n: number): Uint8Array => Buffer.from(`topic ${n}`);
const asks = (n: number): string => encodeSubscription(topic(n), true);
const cancels = (n: number): string => encodeSubscription(topic(n), false);

function asksByMessage(about: Uint8Array): Uint8Array {
  const parts = [Uint8Array.of(1, ...about)];
  const batch = new Uint8Array(messageBytes(parts));
  writeMessage(batch, 0, parts);
  return batch;
}

/** Resolves once the gateway has answered a ping: it has read everything before it. */
function answered(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    socket.on('message', (data: Buffer) => {
      if (data.toString().startsWith('Q')) resolve();
    });
    socket.send(encodePing('x'));
  });
}

it('has as many topics as it may, however often it asks for one and cancels it', async () => {
  const socket = await subscriber();
  for (let n = 0; n < 20; n += 1)
    for (const text of [asks(1), asks(1), asks(2), asks(3), cancels(3)]) socket.send(text);
  socket.send(encodeSubscription(new Uint8Array(1500), true));
  await answered(socket);
  expect(socket.readyState).toBe(socket.OPEN);
});

it('gets no place for a topic by cancelling one that it does not have', async () => {
  const socket = await subscriber();
  const end = closed(socket);
  for (let n = 0; n < 4; n += 1) for (const text of [asks(n), cancels(100)]) socket.send(text);
  expect(await end).toEqual({ code: 4000, reason: 'more than 3 subscriptions' });
});

it('has the same limits if it asks by messages, as peers before ZMTP 3.1 do', async () => {
  const [many, long] = [await subscriber(), await subscriber()];
  const ends = [closed(many), closed(long)];
  for (let n = 0; n < 4; n += 1) many.send(asksByMessage(topic(n)));
  long.send(asksByMessage(new Uint8Array(1501)));
  expect(await Promise.all(ends)).toEqual([
    { code: 4000, reason: 'more than 3 subscriptions' },
    { code: 4000, reason: 'a topic of 1501 bytes, 1500 are allowed' },
  ]);
});

import { of, retry, take, tap } from 'rxjs';
import { encodeFrame, FrameError, fromPull, fromSub, type InvalidMessage, reply, request, requester } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { Dealer, Push, Router, XPublisher } from 'zeromq';
import { arrived } from '../helpers/arrived.js';
import { collect } from '../helpers/collect.js';
import { heardWarnings } from '../helpers/heardWarnings.js';
import { boundPeer, connectedPeer, nextEvent } from '../helpers/peers.js';
import { Statuses } from '../helpers/Statuses.js';
import { badMessages, good } from './badMessages.js';

const goodParts = encodeFrame(good);
const garbage = [Buffer.from('garbage')];
const delimiter = new Uint8Array();
const fault = { name: 'FrameError', code: 'ERR_FRAME', fault: 'parts' };

describe("'error' ends with the FrameError", () => {
  it.each(badMessages)('of %s', async (_, parts, faultOfIt, text) => {
    const { socket, endpoint } = await boundPeer(new Push());
    const received = collect(fromPull(endpoint, { onInvalid: 'error' }));
    await socket.send(goodParts);
    await socket.send(parts);
    const error = await received.error;
    expect(error).toBeInstanceOf(FrameError);
    expect(error).toMatchObject({ code: 'ERR_FRAME', fault: faultOfIt, message: expect.stringContaining(text) });
    expect(received.values).toEqual([arrived(good)]);
  });

  it('in fromSub, and tells of it before', async () => {
    const { socket, endpoint } = await boundPeer(new XPublisher());
    const [statuses, warnings] = [new Statuses(), heardWarnings()];
    const received = collect(fromSub(endpoint, { onInvalid: 'error', status: statuses }));
    await socket.receive();
    await socket.send(garbage);
    await expect(received.completed).rejects.toMatchObject(fault);
    expect(await statuses.first('invalid')).toMatchObject({ count: 1, error: fault });
    await statuses.first('closed');
    await warnings.settled();
    expect(warnings.texts).toEqual([]); // an error is told as one
  });

  it('in reply', async () => {
    const statuses = new Statuses();
    const served = collect(reply('tcp://127.0.0.1:*', (asked) => asked, { onInvalid: 'error', status: statuses }));
    const dealer = connectedPeer(new Dealer(), await statuses.endpoint());
    await dealer.send([delimiter, ...goodParts]);
    await dealer.receive();
    await dealer.send([delimiter, ...garbage]);
    expect(await served.error).toMatchObject(fault);
    expect(served.values).toHaveLength(1);
    await statuses.first('closed');
  });

  it('in request', async () => {
    const { socket, endpoint } = await boundPeer(new Router());
    const asked = collect(of(good).pipe(request(endpoint, { correlate: true, onInvalid: 'error' })));
    const [peer, id] = (await socket.receive()) as [Buffer, Buffer];
    await socket.send([peer, id, delimiter, ...garbage]);
    expect(await asked.error).toMatchObject(fault);
  });

  it('in requester, for all that wait; the next request has another socket', async () => {
    const { socket, endpoint } = await boundPeer(new Router());
    const handle = requester(endpoint, { onInvalid: 'error' });
    const both = [collect(handle.request(good)), collect(handle.request(good))];
    const [peer, id] = (await socket.receive()) as [Buffer, Buffer];
    await socket.receive();
    await socket.send([peer, id, delimiter, ...garbage]);
    for (const one of both) expect(await one.error).toMatchObject(fault);
    const third = collect(handle.request(good));
    const [again, newId] = (await socket.receive()) as [Buffer, Buffer];
    expect(again).not.toEqual(peer);
    await socket.send([again, newId, delimiter, ...goodParts]);
    expect(await third.first(1)).toEqual([good]);
    await handle.close();
  });

  it('and retry goes on', async () => {
    const { socket, endpoint } = await boundPeer(new Push());
    const statuses = new Statuses();
    let errors = 0;
    const received = collect(
      fromPull(endpoint, { onInvalid: 'error', status: statuses }).pipe(tap({ error: () => (errors += 1) }), retry()),
    );
    for (let round = 1; round <= 3; round += 1) {
      await statuses.nth('connected', round);
      const left = nextEvent(socket, 'disconnect');
      await socket.send(garbage);
      await left; // or the next message would go there, too
    }
    await statuses.nth('connected', 4);
    await socket.send(goodParts);
    expect(await received.first(1)).toEqual([arrived(good)]);
    expect(errors).toBe(3);
    expect(statuses.all.filter((status) => status.kind === 'invalid').map(({ count }) => count)).toEqual([1, 1, 1]);
  });
});

describe('a function gets the message', () => {
  it('with its error, parts and endpoint, and the stream goes on', async () => {
    const { socket, endpoint } = await boundPeer(new Push());
    const [statuses, warnings] = [new Statuses(), heardWarnings()];
    const told: InvalidMessage[] = [];
    const received = collect(fromPull(endpoint, { onInvalid: (message) => told.push(message), status: statuses }));
    for (const [, parts] of badMessages) await socket.send(parts);
    await socket.send(goodParts);
    expect(await received.first(1)).toEqual([arrived(good)]);
    expect(told).toHaveLength(badMessages.length);
    for (const [i, [, parts, faultOfIt]] of badMessages.entries()) {
      expect(Object.keys(told[i]!).sort()).toEqual(['endpoint', 'error', 'parts']);
      expect(told[i]).toMatchObject({ endpoint, error: { code: 'ERR_FRAME', fault: faultOfIt } });
      expect(told[i]!.parts.map((part) => Buffer.from(part))).toEqual(parts.map((part) => Buffer.from(part)));
    }
    expect(statuses.all.filter(({ kind }) => kind === 'invalid')).toHaveLength(badMessages.length);
    await warnings.settled();
    expect(warnings.texts).toEqual([]);
  });

  it('of reply and request too', async () => {
    const told: InvalidMessage[] = [];
    const onInvalid = (message: InvalidMessage) => void told.push(message);
    const statuses = new Statuses();
    collect(reply('tcp://127.0.0.1:*', (asked) => asked, { onInvalid, status: statuses }));
    const bound = await statuses.endpoint();
    const dealer = connectedPeer(new Dealer(), bound);
    await dealer.send([delimiter, ...garbage]);
    await dealer.send([delimiter, ...goodParts]);
    await dealer.receive();

    const { socket, endpoint } = await boundPeer(new Router());
    const asked = collect(of(good).pipe(request(endpoint, { correlate: true, onInvalid })));
    const [peer, id] = (await socket.receive()) as [Buffer, Buffer];
    await socket.send([peer, id, delimiter, ...garbage]);
    await socket.send([peer, id, delimiter, ...goodParts]);
    await asked.completed;

    expect(told).toMatchObject([
      { endpoint: bound, error: fault },
      { endpoint, error: fault },
    ]);
    for (const { parts } of told) expect(Buffer.from(parts.at(-1) ?? [])).toEqual(garbage[0]);
  });

  it('that throws ends the stream with what it threw', async () => {
    const { socket, endpoint } = await boundPeer(new Push());
    const statuses = new Statuses();
    const thrown = new Error('that is too much');
    const onInvalid = () => {
      throw thrown;
    };
    const received = collect(fromPull(endpoint, { onInvalid, status: statuses }));
    await socket.send(garbage);
    expect(await received.error).toBe(thrown);
    await statuses.first('closed');
  });
});

describe("'skip'", () => {
  it('warns once for each source, and counts', async () => {
    const { socket, endpoint } = await boundPeer(new Push());
    const warnings = heardWarnings();
    const statuses = new Statuses();
    const source = fromPull(endpoint, { onInvalid: 'skip', status: statuses }).pipe(take(1));
    for (let round = 1; round <= 2; round += 1) {
      const received = collect(source);
      await statuses.nth('connected', round);
      const left = nextEvent(socket, 'disconnect');
      for (let i = 0; i < 3; i += 1) await socket.send(garbage);
      await socket.send(goodParts);
      await received.completed;
      await left; // or the next message would go there, too
    }
    await warnings.settled();
    const text =
      `fromPull ${endpoint} skipped an invalid message: a frame has 2 parts (header, payload), this message has 1; ` +
      'it looks like text: use the codec text; ' +
      "option 'status' reports further ones";
    expect(warnings.texts).toEqual([text, text]);
    const told = statuses.all.filter((status) => status.kind === 'invalid');
    expect(told.map(({ count }) => count)).toEqual([1, 2, 3, 1, 2, 3]);
    expect(new Set(told.map(({ socketId }) => socketId)).size).toBe(2);
  });

  it('is the default, and works without status', async () => {
    const { socket, endpoint } = await boundPeer(new Push());
    const warnings = heardWarnings();
    const received = collect(fromPull(endpoint));
    await socket.send(garbage);
    await socket.send(garbage);
    await socket.send(goodParts);
    expect(await received.first(1)).toEqual([arrived(good)]);
    await warnings.settled();
    expect(warnings.texts).toHaveLength(1);
  });
});

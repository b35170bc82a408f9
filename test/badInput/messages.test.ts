import { concat, NEVER, of } from 'rxjs';
import { encodeFrame, frame, FrameError, fromPull, fromSub, reply, request } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { Dealer, Push, Request, Router, XPublisher } from 'zeromq';
import { arrived } from '../helpers/arrived.js';
import { collect } from '../helpers/collect.js';
import { heardWarnings } from '../helpers/heardWarnings.js';
import { boundPeer, connectedPeer } from '../helpers/peers.js';
import { Statuses } from '../helpers/Statuses.js';
import { badMessages, good } from './badMessages.js';

const goodParts = encodeFrame(good);
const delimiter = new Uint8Array();

function expectCounted(name: string, statuses: Statuses, endpoint: string): void {
  const told = statuses.all.filter((status) => status.kind === 'invalid');
  expect(told.map(({ count }) => count)).toEqual(badMessages.map((_, i) => i + 1));
  for (const [i, [, , fault, text]] of badMessages.entries()) {
    expect(told[i]!.error).toBeInstanceOf(FrameError);
    expect(told[i]).toMatchObject({ endpoint, error: { name: 'FrameError', code: 'ERR_FRAME', fault } });
    expect(told[i]!.reason).toContain(text);
    expect(told[i]!.error.message).toBe(`${name} ${endpoint}: ${told[i]!.reason}`);
  }
}

describe('a source counts each bad message, and the good one after it arrives', () => {
  it('fromPull', async () => {
    const { socket, endpoint } = await boundPeer(new Push());
    const [statuses, warnings] = [new Statuses(), heardWarnings()];
    const received = collect(fromPull(endpoint, { status: statuses }));
    for (const [, parts] of badMessages) {
      await socket.send(parts);
      await socket.send(goodParts);
    }
    expect(await received.first(badMessages.length)).toEqual(badMessages.map(() => arrived(good)));
    expectCounted('fromPull', statuses, endpoint);
    await warnings.settled();
    expect(warnings.texts).toEqual([
      expect.stringMatching(`^fromPull ${endpoint} skipped an invalid message: a frame`),
    ]);
    expect(received.open).toBe(true);
  });

  it('fromSub', async () => {
    const { socket, endpoint } = await boundPeer(new XPublisher());
    const [statuses, warnings] = [new Statuses(), heardWarnings()];
    const received = collect(fromSub(endpoint, { status: statuses }));
    await socket.receive(); // its subscription
    for (const [, parts] of badMessages) {
      await socket.send(parts);
      await socket.send(goodParts);
    }
    expect(await received.first(badMessages.length)).toEqual(badMessages.map(() => arrived(good)));
    expectCounted('fromSub', statuses, endpoint);
    await warnings.settled();
    expect(warnings.texts).toHaveLength(1);
  });

  it('fromSub with conflate, where it is the newest', async () => {
    const { socket, endpoint } = await boundPeer(new XPublisher());
    const [statuses, warnings] = [new Statuses(), heardWarnings()];
    const received = collect(fromSub(endpoint, { conflate: true, status: statuses }));
    await socket.receive();
    await socket.send([new Uint8Array()]);
    await statuses.first('invalid');
    await socket.send(goodParts);
    expect(await received.first(1)).toEqual([arrived(good)]);
    await warnings.settled();
    expect(warnings.texts).toHaveLength(1);
  });

  it('with sampleType, frames of other types too', async () => {
    const { socket, endpoint } = await boundPeer(new Push());
    const [statuses, warnings] = [new Statuses(), heardWarnings()];
    const received = collect(fromPull(endpoint, { sampleType: 'cf32', status: statuses }));
    await socket.send(encodeFrame(frame(new Int16Array(2))));
    await socket.send(goodParts);
    expect(await received.first(1)).toEqual([arrived(good)]);
    const { error, reason } = await statuses.first('invalid');
    expect(error).toMatchObject({ code: 'ERR_FRAME', fault: 'sampleType', sampleType: 'ci16' });
    expect(reason).toBe("a frame of ci16 arrived where sampleType is 'cf32'");
    await warnings.settled();
    expect(warnings.texts).toHaveLength(1);
  });
});

describe('reply counts each bad request, and serves the good one after it', () => {
  it('from one peer', async () => {
    const [statuses, warnings] = [new Statuses(), heardWarnings()];
    const served = collect(reply('tcp://127.0.0.1:*', (asked) => asked, { status: statuses }));
    const endpoint = await statuses.endpoint();
    const dealer = connectedPeer(new Dealer(), endpoint);
    for (const [, parts] of badMessages) {
      await dealer.send([delimiter, ...parts]);
      await dealer.send([delimiter, ...goodParts]);
      expect((await dealer.receive()).map((part) => part.length)).toEqual([0, 96, 16]);
    }
    expectCounted('reply', statuses, endpoint);
    expect(served.values).toHaveLength(badMessages.length);
    await warnings.settled();
    expect(warnings.texts).toEqual([expect.stringMatching(`^reply ${endpoint} skipped an invalid message: `)]);
  });

  it('those without the empty part that ends the envelope too', async () => {
    const [statuses, warnings] = [new Statuses(), heardWarnings()];
    const served = collect(reply('tcp://127.0.0.1:*', (asked) => asked, { status: statuses }));
    const dealer = connectedPeer(new Dealer(), await statuses.endpoint());
    await dealer.send(goodParts);
    expect(await statuses.first('invalid')).toMatchObject({
      reason: 'a request without the empty part that ends its envelope',
      error: { code: 'ERR_CODEC' },
    });
    await dealer.send([delimiter, ...goodParts]);
    await dealer.receive();
    expect(served.values).toHaveLength(1);
    await warnings.settled();
    expect(warnings.texts).toHaveLength(1);
  });

  it('while a REQ peer that sent garbage gets no reply, and another one does', async () => {
    const warnings = heardWarnings();
    const statuses = new Statuses();
    collect(reply('tcp://127.0.0.1:*', (asked) => asked, { status: statuses }));
    const endpoint = await statuses.endpoint();
    const [bad, fine] = [connectedPeer(new Request(), endpoint), connectedPeer(new Request(), endpoint)];
    await bad.send('garbage');
    await statuses.first('invalid');
    await fine.send(goodParts);
    expect(await fine.receive()).toHaveLength(2);
    await warnings.settled();
  });
});

const plainReq = ": the server expects that of a plain REQ, set option 'correlate' to false";

describe('request counts each bad reply, and goes on waiting for a good one', () => {
  it('to the same request', async () => {
    const { socket, endpoint } = await boundPeer(new Router());
    const [statuses, warnings] = [new Statuses(), heardWarnings()];
    const asked = collect(concat(of(good), NEVER).pipe(request(endpoint, { correlate: true, status: statuses })));
    const [peer, id] = (await socket.receive()) as [Buffer, Buffer];
    for (const [, parts] of badMessages) await socket.send([peer, id, delimiter, ...parts]);
    await socket.send([peer, id, delimiter, ...goodParts]);
    expect(await asked.first(1)).toEqual([good]);
    expectCounted('request', statuses, endpoint);
    await warnings.settled();
    expect(warnings.texts).toEqual([expect.stringMatching(`^request ${endpoint} skipped an invalid message: `)]);
  });

  it.each([
    ['no envelope at all', '', (_: Buffer) => goodParts],
    ['no correlation', plainReq, (_: Buffer) => [delimiter, ...goodParts]],
    ['a correlation of another length', '', (id: Buffer) => [id.subarray(1), delimiter, ...goodParts]],
    ['more in its envelope', '', (id: Buffer) => [id, id, delimiter, ...goodParts]],
  ])('with %s', async (_, advice, replied) => {
    const { socket, endpoint } = await boundPeer(new Router());
    const [statuses, warnings] = [new Statuses(), heardWarnings()];
    const asked = collect(concat(of(good), NEVER).pipe(request(endpoint, { correlate: true, status: statuses })));
    const [peer, id] = (await socket.receive()) as [Buffer, Buffer];
    await socket.send([peer, ...replied(id)]);
    await socket.send([peer, id, delimiter, ...goodParts]);
    expect(await asked.first(1)).toEqual([good]);
    expect(await statuses.first('invalid')).toMatchObject({
      count: 1,
      reason: `a reply without the envelope of a request${advice}`,
      error: { code: 'ERR_CODEC' },
    });
    await warnings.settled();
    expect(warnings.texts).toHaveLength(1);
  });

  it('drops a reply that nobody waits for, and tells of it', async () => {
    const { socket, endpoint } = await boundPeer(new Router());
    const statuses = new Statuses();
    const asked = collect(concat(of(good), NEVER).pipe(request(endpoint, { correlate: true, status: statuses })));
    const [peer, id] = (await socket.receive()) as [Buffer, Buffer];
    const other = Buffer.from(id.map((byte) => byte ^ 0xff));
    await socket.send([peer, other, delimiter, ...goodParts]);
    await socket.send([peer, id, delimiter, ...goodParts]);
    expect(await asked.first(1)).toEqual([good]);
    expect(await statuses.first('dropped')).toMatchObject({
      count: 1,
      endpoint,
      reason: 'a reply to a request that has ended',
    });
    expect(statuses.all.filter(({ kind }) => kind === 'invalid')).toEqual([]);
  });
});

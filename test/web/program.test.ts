import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { interval, lastValueFrom, map, of, type Subscription, take, toArray } from 'rxjs';
import { frame, fromIterable, fromPull, fromSub, json, reply, request, type SocketStatus, toPub, toPush } from 'rxzmq';
import { type Gateway, serve } from 'rxzmq/gateway';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

describe('a program that connects to a gateway', () => {
  let server: Server;
  let web: Gateway;
  let url: string;
  const held: Subscription[] = [];

  beforeEach(async () => {
    server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    web = serve(server);
    url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    for (const subscription of held.splice(0)) subscription.unsubscribe();
    await web.close();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  it('hears what is published there', async () => {
    held.push(
      interval(5)
        .pipe(
          map(() => frame(new Float32Array(8192).fill(3))),
          toPub(web.at('/iq')),
        )
        .subscribe(),
    );
    const frames = await lastValueFrom(fromSub(`${url}/iq`).pipe(take(20), toArray()));
    expect(frames.map(({ samples }) => samples[8191])).toEqual(Array(20).fill(3));
    expect(frames.map(({ sequence }) => sequence - frames[0]!.sequence)).toEqual(
      Array.from({ length: 20 }, (_, i) => i),
    );
  });

  it('has all that it pushed there when it completes', async () => {
    const got: number[] = [];
    held.push(fromPull(web.at('/up'), { bind: true, codec: json<number>() }).subscribe((value) => got.push(value)));
    const numbers = Array.from({ length: 2500 }, (_, i) => i);
    await lastValueFrom(fromIterable(numbers).pipe(toPush(`${url}/up`, { codec: json() })));
    await vi.waitFor(() => expect(got).toHaveLength(2500), { timeout: 60_000 });
    expect(got).toEqual(numbers);
  });

  it('is answered', async () => {
    held.push(reply(web.at('/tune'), (hz: number) => hz + 1, { codec: json<number>() }).subscribe());
    const answers = of(1, 2, 3).pipe(request(`${url}/tune`, { codec: json<number>() }), toArray());
    expect(await lastValueFrom(answers)).toEqual([2, 3, 4]);
  });

  it('is told that a libzmq speaks another wire, and which driver does', async () => {
    const statuses: SocketStatus[] = [];
    const native: SocketStatus[] = [];
    held.push(
      fromIterable<number>([])
        .pipe(
          toPub('ws://127.0.0.1:*', {
            bind: true,
            driver: 'native',
            codec: json(),
            waitForSubscribers: 1,
            status: (status) => void native.push(status),
          }),
        )
        .subscribe(),
    );
    await vi.waitFor(() => expect(native.some(({ kind }) => kind === 'listening')).toBe(true), { timeout: 60_000 });
    const { endpoint } = native.find(({ kind }) => kind === 'listening')!;
    held.push(fromSub(endpoint, { status: (status) => void statuses.push(status) }).subscribe());
    await vi.waitFor(() => expect(statuses.some(({ kind }) => kind === 'handshakeFailed')).toBe(true), {
      timeout: 240_000,
    });
    expect(statuses.find(({ kind }) => kind === 'handshakeFailed')).toMatchObject({
      reason: expect.stringContaining("driver: 'native'"),
    });
  });

  it('has paths of a page only in a page', () => {
    expect(() => fromSub('/iq')).toThrow(/write wss:\/\/host\/iq/);
    expect(() => fromSub(web.at('/iq'))).toThrow(/add bind: true/);
    expect(() => toPush('wss://host/up', { bind: true })).toThrow(/never bound/);
    expect(() => fromSub('tcp://127.0.0.1:5555', { token: 'secret' })).toThrow(/option 'token' is for endpoints/);
    expect(() => fromSub('wss://host/iq', { token: '' })).toThrow(/option 'token' must be/);
    expect(() => toPub(['tcp://*:5555', 'wss://host/iq'])).toThrow(/a call each/);
  });
});

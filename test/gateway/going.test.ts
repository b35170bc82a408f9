import { map, NEVER, timer } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { raw } from '../../src/codecs/raw.js';
import { pacedMap } from '../../src/operators/pacedMap.js';
import { fromPull } from '../../src/sources/fromPull.js';
import { closed, knock } from './support/knock.js';
import { gateway, until } from './support/serving.js';

const HELLO = 'H{"v":1,"type":"push","messages":10,"bytes":65536}';

/** One part of one byte, as the wire has it. */
function message(value: number): Uint8Array {
  return Uint8Array.of(1, 0, 0, 0, 1, 0, 0, 0, value, 0, 0, 0, 0, 0, 0, 0);
}

/** A client, as soon as a socket is bound there. */
async function admitted(port: number): Promise<{ readonly socket: WebSocket }> {
  for (;;) {
    const { socket } = await knock(port);
    if (socket) return { socket };
  }
}

/** A client by hand that pushes, and what came of it. */
async function pushing(lingerMs: number) {
  const { web, port } = await gateway({ lingerMs });
  const got: number[] = [];
  const pulling = fromPull(web.at('/iq'), { codec: raw, bind: true }).subscribe(([part]) => got.push(part![0]!));
  const { socket } = await admitted(port);
  const heard: string[] = [];
  socket.on('message', (data: Buffer, isBinary: boolean) => heard.push(isBinary ? 'batch' : data.toString()));
  socket.send(HELLO);
  await until(() => web.clients === 1);
  return { web, socket, got, heard, pulling };
}

describe('a gateway that is about to close', () => {
  it.each([
    ['', 0],
    [', slowly', 700],
  ])('says so, and reads what its client sends before it answers%s', async (_, ms) => {
    const { web, socket, got, heard, pulling } = await pushing(60_000);
    const end = closed(socket);
    const gone = web.close();
    await until(() => heard.includes('G'));
    await new Promise((resolve) => setTimeout(resolve, ms));
    socket.send(message(1)); // it was on its way
    socket.send('G');
    expect(await end).toEqual({ code: 1001, reason: 'the gateway closes' });
    await gone;
    expect(got).toEqual([1]);
    pulling.unsubscribe();
  });

  it('is closed when its socket has read what the client sent', async () => {
    const { web, port } = await gateway({ lingerMs: 60_000 });
    const got: number[] = [];
    const slowly = pacedMap((parts: Uint8Array[]) => timer(20).pipe(map(() => parts[0]![0]!)), { concurrency: 1 });
    const pulling = fromPull(web.at('/iq'), { codec: raw, bind: true }).pipe(slowly);
    const running = pulling.subscribe((n) => got.push(n));
    const { socket } = await admitted(port);
    socket.send(HELLO);
    await until(() => web.clients === 1);
    for (let n = 1; n <= 5; n += 1) socket.send(message(n));
    socket.on('message', (data: Buffer) => data.toString() === 'G' && socket.send('G'));
    await web.close();
    expect(got.length).toBeGreaterThanOrEqual(4); // the fifth has been read, and is on its way
    running.unsubscribe();
  });

  it('waits no longer than its linger for a socket that does not read', async () => {
    const { web, port } = await gateway({ lingerMs: 200 });
    const pulling = fromPull(web.at('/iq'), { codec: raw, bind: true }).pipe(pacedMap(() => NEVER, { concurrency: 1 }));
    const running = pulling.subscribe();
    const { socket } = await admitted(port);
    socket.send(HELLO);
    await until(() => web.clients === 1);
    for (let n = 1; n <= 5; n += 1) socket.send(message(n));
    await web.close();
    expect(web.clients).toBe(0);
    running.unsubscribe();
  });

  it('waits no longer than half of its linger for a client that does not answer', async () => {
    const { web, socket, pulling } = await pushing(1000);
    const end = closed(socket);
    await web.close();
    expect(await end).toEqual({ code: 1001, reason: 'the gateway closes' });
    pulling.unsubscribe();
  });
});

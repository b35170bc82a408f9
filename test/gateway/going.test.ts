import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { raw } from '../../src/codecs/raw.js';
import { fromPull } from '../../src/sources/fromPull.js';
import { closed, knock } from './support/knock.js';
import { gateway, until } from './support/serving.js';

const HELLO = 'H{"v":1,"type":"push","messages":10,"bytes":65536}';

/** One part of one byte, as the wire has it. */
function message(value: number): Uint8Array {
  return Uint8Array.of(1, 0, 0, 0, 1, 0, 0, 0, value, 0, 0, 0, 0, 0, 0, 0);
}

/** A client by hand that pushes, and what came of it. */
async function pushing(lingerMs: number) {
  const { web, port } = await gateway({ lingerMs });
  const got: number[] = [];
  const pulling = fromPull(web.at('/iq'), { codec: raw, bind: true }).subscribe(([part]) => got.push(part![0]!));
  let socket: WebSocket | undefined;
  while (socket === undefined) ({ socket } = await knock(port));
  const heard: string[] = [];
  socket.on('message', (data: Buffer, isBinary: boolean) => heard.push(isBinary ? 'batch' : data.toString()));
  socket.send(HELLO);
  await until(() => web.clients === 1);
  return { web, socket, got, heard, pulling };
}

describe('a gateway that is about to close', () => {
  it('says so, and reads what its client sends before it answers', async () => {
    const { web, socket, got, heard, pulling } = await pushing(60_000);
    const end = closed(socket);
    const gone = web.close();
    await until(() => heard.includes('G'));
    socket.send(message(1)); // it was on its way
    socket.send('G');
    expect(await end).toEqual({ code: 1001, reason: 'the gateway closes' });
    await gone;
    expect(got).toEqual([1]);
    pulling.unsubscribe();
  });

  it('waits no longer than a moment for a client that does not answer', async () => {
    const { web, socket, pulling } = await pushing(60_000);
    const end = closed(socket);
    await web.close();
    expect(await end).toEqual({ code: 1001, reason: 'the gateway closes' });
    pulling.unsubscribe();
  });
});

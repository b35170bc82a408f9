import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ContractSocket } from './ContractSocket.js';
import { overDrivers, overLinks } from './columns.js';
import { RawListener, RawPeer } from './RawPeer.js';

describe('STREAM', () => {
  overDrivers(['stream'], (bench) => {
    it('gives bytes as they come, by connection, and tells when one comes and goes', async () => {
      const stream = bench.open('stream');
      const endpoint = await stream.bind('tcp://127.0.0.1:*');
      const peer = await RawPeer.dial(endpoint);
      const [id = '', none] = await stream.receive();
      expect([id.length, id[0], none]).toEqual([5, '\0', '']);
      peer.write('GET /');
      expect(await stream.receive()).toEqual([id, 'GET /']);
      await stream.send(id, 'hello');
      expect(String(await peer.bytes(5))).toBe('hello');
      peer.write('bye');
      peer.end();
      expect(await stream.receive()).toEqual([id, 'bye']);
      expect(await stream.receive()).toEqual([id, '']);
      // libzmq lets a moment pass in which there is no room, before it says that nobody is there
      if (bench.driver === 'native') while ((await refusal(stream, id)) === undefined);
      expect(await refusal(stream, id)).toBeInstanceOf(Error);
    });

    it('an empty message ends a connection, once what was sent before is out', async () => {
      const stream = bench.open('stream');
      const peer = await RawPeer.dial(await stream.bind('tcp://127.0.0.1:*'));
      const [id = ''] = await stream.receive();
      await stream.send(id, 'x'.repeat(300_000));
      await stream.send(id, '');
      expect(await peer.bytes(300_000)).toHaveLength(300_000);
      await peer.gone();
    });

    it('tells of no coming and going where it is not to', async () => {
      const stream = bench.open('stream', { notify: 'none' });
      const peer = await RawPeer.dial(await stream.bind('tcp://127.0.0.1:*'));
      peer.write('first');
      const [id = '', bytes] = await stream.receive();
      expect(bytes).toBe('first');
      await stream.send(id, 'back');
      expect(String(await peer.bytes(4))).toBe('back');
    });

    it('connects, under a name that was chosen', async () => {
      const listener = await RawListener.open();
      const stream = bench.open('stream');
      stream.connect(listener.endpoint, { routingId: 'mine' });
      const peer = await listener.accept();
      expect(await stream.receive()).toEqual(['mine', '']);
      await stream.send('mine', 'hello');
      expect(String(await peer.bytes(5))).toBe('hello');
      peer.write('back');
      expect(await stream.receive()).toEqual(['mine', 'back']);
    });

    it('what is for nobody is refused, and so is what has no address', async () => {
      const stream = bench.open('stream');
      await stream.bind('tcp://127.0.0.1:*');
      await expect(stream.trySend(['\0\x01\x02\x03\x04', 'x'])).rejects.toThrow();
    });

    it('speaks with many at once', async () => {
      const stream = bench.open('stream', { notify: 'none' });
      const { hostname, port } = new URL((await stream.bind('tcp://127.0.0.1:*')).replace('tcp:', 'http:'));
      const echoed = Array.from({ length: 10 }, async (_, n) => {
        const socket = connect(Number(port), hostname);
        socket.write(`message ${n}`);
        onTestFinished(() => void socket.destroy());
        const [bytes] = (await once(socket, 'data')) as [Buffer];
        return String(bytes);
      });
      for (let n = 0; n < 10; n += 1) await stream.send(...(await stream.receive()));
      expect(await Promise.all(echoed)).toEqual(Array.from({ length: 10 }, (_, n) => `message ${n}`));
    });
  });

  overLinks({ types: ['stream'], binds: 'right', transports: ['tcp'] }, (link) => {
    it('two of them carry all bytes both ways', async () => {
      const [left, right] = [link.left('stream'), link.right('stream')];
      left.connect(await link.bind(right), { routingId: 'right' });
      expect(await left.receive()).toEqual(['right', '']);
      const [id = ''] = await right.receive();
      const text = Array.from({ length: 30_000 }, (_, n) => String.fromCharCode(n % 251)).join('');
      await left.send('right', text);
      expect(await gather(right, id, text.length)).toBe(text);
      await right.send(id, text);
      expect(await gather(left, 'right', text.length)).toBe(text);
    });
  });
});

/** Why nothing can be sent to this connection, if that is so. */
function refusal(stream: ContractSocket, id: string): Promise<unknown> {
  return stream.trySend([id, 'too late']).then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** So many bytes of one connection, however they are cut. */
async function gather(stream: ContractSocket, id: string, length: number): Promise<string> {
  let text = '';
  while (text.length < length) {
    const [from, bytes = ''] = await stream.receive();
    expect(from).toBe(id);
    text += bytes;
  }
  return text;
}

// Stands for a receiver behind rtl_tcp: an FM station with a tone of 1 kHz, at 240 kS/s.
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

const RATE = 240_000;
const TONE_HZ = 1000;
const DEVIATION_HZ = 50_000;

/** Starts it on a free port, until its first client leaves; gives `host:port`. */
export async function startReceiver(): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('close', () => server.close());
    socket.write(Uint8Array.from([...Buffer.from('RTL0'), 0, 0, 0, 5, 0, 0, 0, 29]));
    socket.once('data', () => {
      const send = (n: number): void => {
        if (!socket.destroyed) socket.write(second(n), () => setImmediate(send, n + 1));
      };
      send(0);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function second(n: number): Uint8Array {
  const bytes = new Uint8Array(2 * RATE);
  for (let i = 0; i < RATE; i += 1) {
    const angle = (DEVIATION_HZ / TONE_HZ) * Math.sin((2 * Math.PI * TONE_HZ * (n * RATE + i)) / RATE);
    bytes[2 * i] = Math.round(127.5 + 100 * Math.cos(angle));
    bytes[2 * i + 1] = Math.round(127.5 + 100 * Math.sin(angle));
  }
  return bytes;
}

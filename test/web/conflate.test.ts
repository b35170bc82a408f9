import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { map, Subject, take } from 'rxjs';
import { fromSub, json, pacedMap, toPub } from 'rxzmq';
import { serve } from 'rxzmq/gateway';
import { expect, it, onTestFinished, vi } from 'vitest';

/** How long what it waits for may take. */
const patience = { timeout: 15_000 };

it('conflate keeps the newest at the gateway: a consumer that is not ready is sent nothing', async () => {
  const sockets: Socket[] = [];
  const server = createServer().on('connection', (socket: Socket) => sockets.push(socket));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const web = serve(server);
  onTestFinished(async () => {
    page.unsubscribe();
    publishing.unsubscribe();
    await web.close();
    server.close();
  });
  const numbers = new Subject<number>();
  const gate = new Subject<void>();
  const heard: number[] = [];
  let subscribed = false;
  const publishing = numbers
    .pipe(
      toPub(web.at('/n'), {
        codec: json<number>(),
        status: ({ kind }) => void (subscribed ||= kind === 'subscribed'),
      }),
    )
    .subscribe();
  const page = fromSub(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/n`, {
    codec: json<number>(),
    conflate: true,
  })
    .pipe(
      pacedMap((n) =>
        gate.pipe(
          take(1),
          map(() => n),
        ),
      ),
    )
    .subscribe((n) => heard.push(n));
  await vi.waitFor(() => expect(subscribed).toBe(true), patience);
  const publish = async (from: number, to: number): Promise<number> => {
    for (let n = from; n <= to; n += 1) {
      numbers.next(n);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return sockets[0]!.bytesWritten;
  };
  const before = await publish(1, 200); // one is being processed, and one or two wait in the window
  expect(await publish(201, 1000)).toBe(before);
  const opening = setInterval(() => gate.next(), 1);
  onTestFinished(() => clearInterval(opening));
  await vi.waitFor(() => expect(heard).toContain(1000), patience);
  expect(heard.length).toBeLessThan(6);
});

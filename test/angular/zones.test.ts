import 'zone.js';
import { NgZone } from '@angular/core';
import { interval, take } from 'rxjs';
import { expect, it, onTestFinished } from 'vitest';
import { provideRxzmq } from '../../src/angular/provideRxzmq.js';
import { Rxzmq } from '../../src/angular/Rxzmq.js';
import { json } from '../../src/codecs/json.js';
import { toPub } from '../../src/sinks/toPub.js';
import { reply } from '../../src/sources/reply.js';
import { gateway } from '../gateway/support/serving.js';
import { application } from './support/application.js';

const codec = json<number>();

it('with zone.js, a stream of messages runs no change detection, and a reply runs one', async () => {
  const { web, port } = await gateway();
  const running = [
    interval(2).pipe(toPub(web.at('/n'), { codec })),
    reply(web.at('/double'), (n: number) => 2 * n, { codec }),
  ].map((pipeline: { subscribe(): { unsubscribe(): void } }) => pipeline.subscribe());
  onTestFinished(() => running.forEach((one) => one.unsubscribe()));
  const zone = new NgZone({});
  let checks = 0;
  zone.onMicrotaskEmpty.subscribe(() => (checks += 1));
  const zmq = application(provideRxzmq({ url: `ws://127.0.0.1:${port}` }), { provide: NgZone, useValue: zone }).get(
    Rxzmq,
  );

  const outside: boolean[] = [];
  const received = new Promise<void>((complete) => {
    zone.run(() =>
      zmq
        .fromSub('/n', { codec })
        .pipe(take(50))
        .subscribe({ next: () => outside.push(!NgZone.isInAngularZone()), complete }),
    );
  });
  const before = checks;
  await received;
  expect([checks, outside.every(Boolean), outside.length]).toEqual([before, true, 50]);

  const replied = await new Promise((resolve) => {
    zone.run(() =>
      zmq
        .requester('/double', { codec })
        .request(4)
        .subscribe((value) => resolve([value, NgZone.isInAngularZone()])),
    );
  });
  expect(replied).toEqual([8, true]);
  expect(checks).toBeGreaterThan(before + 1);
});

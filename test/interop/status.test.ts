import { NEVER, of } from 'rxjs';
import { frame, fromPull, fromSub, type SocketStatus, toPub, toPush } from 'rxzmq';
import { expect, it } from 'vitest';
import { Push } from 'zeromq';
import { META, NUM_SAMPLES } from './harness/expectations.js';
import { golden } from './harness/golden.js';
import { Peer } from './harness/Peer.js';
import { pattern } from './harness/patterns.js';
import { bindFree, raw } from './harness/raw.js';
import { record, Statuses } from './harness/record.js';

/** Reads the facts of each kind: that this compiles is half of the test. */
function describeStatus(status: SocketStatus): string {
  switch (status.kind) {
    case 'listening':
    case 'connecting':
    case 'connected':
    case 'stalled':
    case 'closed':
      return `${status.kind} ${status.endpoint} ${status.socketId}`;
    case 'disconnected':
    case 'handshakeFailed':
    case 'otherThread':
      return `${status.kind} ${status.reason}`;
    case 'retrying':
      return `retrying in ${status.delayMs.toFixed()} ms`;
    case 'subscribed':
      return `subscribed ${status.count.toFixed()}`;
    case 'resumed':
      return `resumed after ${status.stalledMs.toFixed()} ms`;
    case 'dropped':
      return `dropped ${status.count ?? 'some'}: ${status.reason}`;
    case 'invalid':
      return `invalid ${status.count.toFixed()}: ${status.reason}`;
  }
}

function expectWellFormed(statuses: Statuses): void {
  for (const status of statuses.told) {
    expect(status.endpoint).toMatch(/^tcp:\/\/127\.0\.0\.1:/);
    expect(Number.isInteger(status.socketId)).toBe(true);
    expect(describeStatus(status)).toContain(status.kind);
  }
  expect(new Set(statuses.told.map(({ socketId }) => socketId)).size).toBeLessThanOrEqual(1);
}

it('a connecting side tells connected, disconnected and retrying, in that order', async () => {
  const statuses = new Statuses();
  const push = Peer.start('push', '--type', 'cf64');
  const endpoint = await push.bound();
  const received = record(fromPull(endpoint, { status: statuses }));

  expect(await statuses.take('connected')).toMatchObject({ kind: 'connected', endpoint });
  await push.kill();
  expect(await statuses.take('disconnected')).toMatchObject({ kind: 'disconnected', endpoint });
  expect(await statuses.take('retrying')).toMatchObject({ kind: 'retrying', endpoint });

  const kinds = statuses.told.map(({ kind }) => kind);
  expect(kinds.indexOf('disconnected')).toBeGreaterThan(kinds.indexOf('connected'));
  expect(kinds.lastIndexOf('retrying')).toBeGreaterThan(kinds.indexOf('disconnected'));
  expectWellFormed(statuses);
  expect(received.open).toBe(true);
});

it('a connecting side that finds nobody says that it tries again', async () => {
  const statuses = new Statuses();
  const push = Peer.start('push', '--type', 'cf64');
  const endpoint = await push.bound();
  await push.kill();
  const received = record(fromPull(endpoint, { status: statuses }));

  expect((await statuses.take('retrying')).endpoint).toBe(endpoint);
  expectWellFormed(statuses);
  expect(received.open).toBe(true);
});

it('a binding side tells the port it got, and who comes and goes', async () => {
  const statuses = new Statuses();
  record(NEVER.pipe(toPush('tcp://127.0.0.1:*', { status: statuses })));
  const endpoint = await statuses.bound();
  expect(endpoint).toMatch(/^tcp:\/\/127\.0\.0\.1:[1-9]\d*$/);

  const pull = Peer.start('pull', '--endpoint', endpoint);
  await statuses.take('connected');
  await pull.kill();
  await statuses.take('disconnected');
  expectWellFormed(statuses);
});

it('toPub tells how many subscribe', async () => {
  const statuses = new Statuses();
  record(NEVER.pipe(toPub('tcp://127.0.0.1:*', { status: statuses })));
  const endpoint = await statuses.bound();

  const subscribers = [0, 1].map(() => Peer.start('subscriber', '--endpoint', endpoint));
  while ((await statuses.take('subscribed')).count < 2);
  for (const subscriber of subscribers) await subscriber.kill();
  while ((await statuses.take('subscribed')).count > 0);
  expectWellFormed(statuses);
});

it('what is no frame is told, one by one, and the stream goes on', async () => {
  const statuses = new Statuses();
  const push = raw(new Push());
  const received = record(fromPull(await bindFree(push), { status: statuses }));
  const [header, payload] = golden('cf64', 0);
  const magic = Buffer.from(header);
  magic.writeUInt32LE(0x12345678, 0);
  const type = Buffer.from(header);
  type.writeUInt32LE(6, 16);
  const broken: Buffer[][] = [
    [header],
    [header, payload, payload],
    [header.subarray(0, 95), payload],
    [magic, payload],
    [type, payload],
    [header, payload.subarray(0, 255)],
  ];
  for (const parts of broken) await push.send(parts);
  await push.send([header, payload]);

  expect(await received.values.take()).toMatchObject({ sampleType: 'cf64', sequence: 0 });
  for (const i of broken.keys()) {
    const status = await statuses.take('invalid');
    expect(status.count).toBe(i + 1);
    expect(status.error).toMatchObject({ name: 'FrameError', code: 'ERR_FRAME' });
    expect(status.reason).not.toBe('');
  }
  expectWellFormed(statuses);
});

it('the option takes a function as well', async () => {
  const statuses = new Statuses();
  const publisher = Peer.start('publisher');
  const endpoint = await publisher.bound();
  record(fromSub(endpoint, { status: (status) => statuses.next(status) }));

  expect(await statuses.take('connected')).toMatchObject({ endpoint });
});

it('a socket that is done says closed, and nothing after it', async () => {
  const statuses = new Statuses();
  const sent = record(
    of(frame(pattern('ci32', 0, NUM_SAMPLES), META)).pipe(toPush('tcp://127.0.0.1:*', { status: statuses })),
  );
  const pull = Peer.start('pull', '--type', 'ci32', '--endpoint', await statuses.bound());
  await pull.next('frame');
  await sent.completed;

  await statuses.take('closed');
  expect(statuses.told.at(-1)!.kind).toBe('closed');
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { filter, firstValueFrom, Subject } from 'rxjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { message, type Outgoing, toWriter, videoFrame, videoObject } from '../../../src/savant/index.js';
import { collect } from '../../helpers/collect.js';
import { brief, bytes, data, end, pairs, reading, Told } from '../../savant/sockets.js';
import { SavantPeer } from './SavantPeer.js';

const MEBIBYTE = 1024 * 1024;
const version = '0.2.0'; // what this release of savant_rs writes

/** An endpoint to bind for each carrier; the port is any free one. */
function place(carrier: 'tcp' | 'ipc'): string {
  if (carrier === 'tcp') return 'tcp://127.0.0.1:0';
  const folder = mkdtempSync(join(tmpdir(), 'savant'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return `ipc://${folder}/socket`;
}

const pixels = Uint8Array.from({ length: MEBIBYTE }, (_, i) => i % 251);

const frame = (): Outgoing['message'] =>
  message(
    videoFrame({
      sourceId: 'cam-1',
      framerate: '30/1',
      width: 1280,
      height: 720,
      pts: 5,
      uuid: '018f0000-0000-7000-8000-000000000001',
      content: { kind: 'external', method: 'zeromq' },
      objects: [
        videoObject({
          id: 1,
          namespace: 'detector',
          label: 'car',
          detectionBox: { xc: 1.5, yc: 2.5, width: 30, height: 40, angle: 15 },
          confidence: 0.5,
        }),
      ],
    }),
    { routingLabels: ['a', 'b'] },
  );

const each = pairs.flatMap(([writer, reader]) =>
  (['tcp', 'ipc'] as const).flatMap((carrier) =>
    (['writer', 'reader'] as const).map((binds) => ({ writer, reader, carrier, binds })),
  ),
);

describe.each(each)('$writer to $reader over $carrier, the $binds binds', ({ writer, reader, carrier, binds }) => {
  it('savant_rs reads what this library writes', async () => {
    const told = new Told();
    const input = new Subject<Outgoing>();
    const options = { protocolVersion: version, status: told };
    let peer: SavantPeer;
    let written;
    if (binds === 'reader') {
      const [bound, endpoint] = await SavantPeer.start({ role: 'reader', url: `${reader}+bind:${place(carrier)}` });
      peer = bound;
      written = collect(input.pipe(toWriter(`${writer}+connect:${endpoint}`, options)));
    } else {
      written = collect(input.pipe(toWriter(`${writer}+bind:${place(carrier)}`, options)));
      [peer] = await SavantPeer.start({ role: 'reader', url: `${reader}+connect:${await told.endpoint()}` });
    }
    await told.nth(writer === 'pub' ? 'subscribed' : 'connected');

    input.next({ message: frame(), data: pixels });
    expect(await peer.result()).toMatchObject({
      kind: 'Message',
      topic: 'cam-1',
      payload: 'videoFrame',
      sourceId: 'cam-1',
      size: [1280, 720],
      pts: 5,
      uuid: '018f0000-0000-7000-8000-000000000001',
      labels: ['a', 'b'],
      objects: [['car', 1, 0.5]],
      data: [[MEBIBYTE, crc32(pixels)]],
      hasRoutingId: reader === 'router',
    });
    input.next({ message: data('cam-2'), topic: 'источник', data: [bytes(''), bytes('x')] });
    expect(await peer.result()).toMatchObject({
      topic: 'источник',
      payload: 'userData',
      sourceId: 'cam-2',
      data: [
        [0, 0],
        [1, crc32('x')],
      ],
    });
    input.next({ message: end('cam-1') });
    expect(await peer.result()).toMatchObject({ payload: 'endOfStream', sourceId: 'cam-1', data: [] });
    input.complete();
    await written.completed;
    const usual = writer === 'req' ? 'ack' : 'success';
    expect(written.values.map(({ kind }) => kind)).toEqual([usual, usual, writer === 'pub' ? 'success' : 'ack']);
  });

  it('this library reads what savant_rs writes', async () => {
    const options = { protocolVersion: version };
    let peer: SavantPeer;
    let read;
    if (binds === 'writer') {
      const [bound, endpoint] = await SavantPeer.start({ role: 'writer', url: `${writer}+bind:${place(carrier)}` });
      peer = bound;
      read = reading(`${reader}+connect:${endpoint}`, options);
    } else {
      read = reading(`${reader}+bind:${place(carrier)}`, options);
      [peer] = await SavantPeer.start({ role: 'writer', url: `${writer}+connect:${await read.told.endpoint()}` });
    }
    await read.told.nth('connected');
    // A publisher does not say when it knows of a subscription: what arrives does.
    while (writer === 'pub' && read.values.length === 0)
      await peer.write({ payload: 'userData', topic: 'probe', sourceId: 'probe' });

    const usual = writer === 'req' ? 'Ack' : 'Success';
    const order = { payload: 'videoFrame', topic: 'topic', sourceId: 'cam-1', bytes: MEBIBYTE } as const;
    expect(await peer.write(order)).toBe(usual);
    expect(await peer.write({ payload: 'userData', topic: 'cam-1', sourceId: 'cam-1' })).toBe(usual);
    expect(await peer.write({ payload: 'endOfStream', topic: 'cam-1' })).toBe(writer === 'pub' ? 'Success' : 'Ack');
    await firstValueFrom(read.arrived.pipe(filter((result) => brief(result).startsWith('endOfStream'))));

    const results = read.values.filter((result) => !brief(result).includes('probe'));
    expect(results).toMatchObject([
      {
        kind: 'message',
        topic: bytes('topic'),
        message: {
          protocolVersion: version,
          payload: {
            kind: 'videoFrame',
            sourceId: 'cam-1',
            width: 1280n,
            height: 720n,
            pts: -5n,
            content: { kind: 'external', method: 'zeromq' },
            objects: [
              { namespace: 'detector', label: 'car', confidence: 0.5, detectionBox: { xc: 1.5, yc: 2.5, angle: 15 } },
            ],
          },
        },
      },
      {
        kind: 'message',
        topic: bytes('cam-1'),
        data: [bytes('')],
        message: {
          payload: {
            kind: 'userData',
            attributes: [{ namespace: 'ns', name: 'name', hint: 'hint', values: [{ kind: 'integer', value: 7n }] }],
          },
        },
      },
      { kind: 'message', data: [], message: { payload: { kind: 'endOfStream', sourceId: 'cam-1' } } },
    ]);
    const [{ data: sent }] = results as unknown as [{ data: Uint8Array[] }];
    expect(sent.map((part) => [part.length, crc32(part)])).toEqual([[MEBIBYTE, crc32(pixels)]]);
  });
});

it('savant_rs lets through what its prefix says, and answers the rest as well', async () => {
  const being = { role: 'reader', url: 'rep+bind:tcp://127.0.0.1:0', prefix: 'cam', blacklist: ['cam-3'] } as const;
  const [peer, endpoint] = await SavantPeer.start(being);
  const input = new Subject<Outgoing>();
  const written = collect(input.pipe(toWriter(`req+connect:${endpoint}`, { protocolVersion: version })));
  for (const source of ['cam-1', 'other', 'cam-3']) input.next({ message: data(source) });
  input.next({ message: end('other') });
  input.complete();
  await written.completed;
  expect(written.values.map(({ kind }) => kind)).toEqual(['ack', 'ack', 'ack', 'ack']);
  const kinds = [];
  for (let i = 0; i < 4; i += 1) kinds.push((await peer.result()).kind);
  expect(kinds).toEqual(['Message', 'PrefixMismatch', 'Blacklisted', 'Message']);
});

it('this library lets through what its prefix says, and answers the rest as well', async () => {
  const read = reading('rep+bind:tcp://127.0.0.1:0', { protocolVersion: version, topicPrefixSpec: 'prefix{cam}' });
  const [peer] = await SavantPeer.start({ role: 'writer', url: `req+connect:${await read.told.endpoint()}` });
  for (const topic of ['cam-1', 'other']) {
    expect(await peer.write({ payload: 'userData', topic, sourceId: topic })).toBe('Ack');
  }
  expect(await peer.write({ payload: 'endOfStream', topic: 'other' })).toBe('Ack');
  expect(read.values.map(brief)).toEqual(['userData cam-1 1', 'prefixMismatch', 'endOfStream other 2']);
});

it('the wheel is read without an option', async () => {
  const read = reading('rep+bind:tcp://127.0.0.1:0');
  const [peer] = await SavantPeer.start({ role: 'writer', url: `req+connect:${await read.told.endpoint()}` });
  expect(await peer.write({ payload: 'userData', topic: 'cam-1', sourceId: 'cam-1' })).toBe('Ack');
  expect(read.values.map(brief)).toEqual(['userData cam-1 1']);
});

it('another release of savant_rs is a mismatch, then blacklisted, and answered all the time', async () => {
  const read = reading('rep+bind:tcp://127.0.0.1:0', { protocolVersion: '1.15.1' });
  const [peer] = await SavantPeer.start({ role: 'writer', url: `req+connect:${await read.told.endpoint()}` });
  for (let i = 0; i < 3; i += 1) {
    expect(await peer.write({ payload: 'userData', topic: 'cam-1', sourceId: 'cam-1' })).toBe('Ack');
  }
  expect(read.values).toMatchObject([
    { kind: 'versionMismatch', senderVersion: version, expectedVersions: ['1.15.1'] },
    { kind: 'blacklisted' },
    { kind: 'blacklisted' },
  ]);
});

it('a writer goes on when its reader is killed in between, and another comes', async () => {
  const being = { role: 'reader', url: 'rep+bind:tcp://127.0.0.1:0' } as const;
  const [first, endpoint] = await SavantPeer.start(being);
  const told = new Told();
  const input = new Subject<Outgoing>();
  const options = { protocolVersion: version, receiveTimeoutMs: 50, receiveRetries: 1, status: told };
  const written = collect(input.pipe(toWriter(`req+connect:${endpoint}`, options)));
  input.next({ message: data('a') });
  expect(await written.first(1)).toMatchObject([{ kind: 'ack' }]);
  await first.kill();
  await told.nth('disconnected');
  input.next({ message: data('a') });
  expect((await written.first(2))[1]).toMatchObject({ kind: 'ackTimeout' });
  const [second] = await SavantPeer.start({ ...being, url: `rep+bind:${endpoint}` });
  await told.nth('connected', 2);
  input.next({ message: data('b') });
  expect((await written.first(3))[2]).toMatchObject({ kind: 'ack' });
  expect(await second.result()).toMatchObject({ sourceId: 'a' }); // it was not known whether it had arrived
  expect(await second.result()).toMatchObject({ sourceId: 'b' });
});

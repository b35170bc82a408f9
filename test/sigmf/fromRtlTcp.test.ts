import { once } from 'node:events';
import type { Socket } from 'node:net';
import { defer, map, NEVER, of, Subject, take, throwError } from 'rxjs';
import { pacedMap } from 'rxzmq';
import { fromRtlTcp, type RtlTcpInfo, type RtlTcpSettings, toSigmf } from 'rxzmq/sigmf';
import { virtualTime } from 'rxzmq/testing';
import { describe, expect, it } from 'vitest';
import { collect } from '../helpers/collect.js';
import { nobodyAt } from '../helpers/nobodyAt.js';
import { greetingOf, RtlTcpServer } from './RtlTcpServer.js';
import { failure, folder, metaOf } from './support.js';

const counting = (length: number) => Uint8Array.from({ length }, (_, i) => i);

describe('a receiver', () => {
  it('is told what to be set to, and gives blocks of its samples', async () => {
    const server = await RtlTcpServer.start();
    const heard: RtlTcpInfo[] = [];
    const frames = collect(
      fromRtlTcp(server.address, {
        sampleRate: 1e6,
        centerFreq: 98.5e6,
        gain: 28.04,
        ppm: -3,
        agc: false,
        biasTee: true,
        offsetTuning: false,
        directSampling: 'q',
        blockSamples: 4,
        onConnected: (info) => heard.push(info),
      }),
    );
    expect(await server.heard(9)).toEqual([
      [0x02, 1_000_000],
      [0x09, 2],
      [0x0a, 0],
      [0x05, 2 ** 32 - 3],
      [0x01, 98_500_000],
      [0x08, 0],
      [0x03, 1],
      [0x04, 280],
      [0x0e, 1],
    ]);
    expect(heard).toEqual([{ endpoint: `tcp://${server.address}`, tuner: 'R820T', gainCount: 29 }]);
    server.send(counting(5)); // in pieces that fit to nothing
    server.send(counting(11).map((byte) => byte + 5));
    const [first, second] = (await frames.first(2)) as never as [Record<string, unknown>, Record<string, unknown>];
    expect(first).toMatchObject({
      sampleType: 'ci8',
      sampleRate: 1e6,
      centerFreq: 98.5e6,
      sequence: 0,
      numSamples: 4,
      streamId: 0,
    });
    expect([first['samples'], second['samples']]).toEqual(
      [0, 8].map((from) => Int8Array.from({ length: 8 }, (_, i) => from + i - 128)),
    );
    expect((second['timestampNs'] as bigint) - (first['timestampNs'] as bigint)).toBe(4000n);
    frames.unsubscribe();
    await once(server.sockets[0] as Socket, 'close');
  });

  it('has settings that it needs, and its gain to itself', async () => {
    const server = await RtlTcpServer.start(greetingOf(99, 0));
    const heard: RtlTcpInfo[] = [];
    collect(fromRtlTcp(server.address, { onConnected: { next: (info) => heard.push(info) } }));
    expect(await server.heard(3)).toEqual([
      [0x02, 2_048_000],
      [0x01, 100_000_000],
      [0x03, 0],
    ]);
    expect(heard[0]?.tuner).toBe('unknown');
  });

  it('gives floats with zero at 127.5', async () => {
    const server = await RtlTcpServer.start();
    const frames = collect(fromRtlTcp(server.address, { sampleType: 'cf32', blockSamples: 1 }));
    await server.heard(3);
    server.send(Uint8Array.from([0, 255]));
    expect([...(await frames.first(1))[0]!.samples]).toEqual([-127.5 / 128, 127.5 / 128]);
  });

  it('is set anew while it runs, and frames say so from the next block on', async () => {
    const server = await RtlTcpServer.start();
    const commands = new Subject<RtlTcpSettings>();
    const frames = collect(fromRtlTcp(server.address, { sampleRate: 1e6, centerFreq: 1e8, blockSamples: 2, commands }));
    await server.heard(3);
    server.send(counting(4));
    await frames.first(1);
    commands.next({ centerFreq: 2e8, gain: 'auto' });
    expect((await server.heard(5)).slice(3)).toEqual([
      [0x01, 2e8],
      [0x03, 0],
    ]);
    server.send(counting(8));
    await frames.first(3);
    commands.next({ sampleRate: 2e6 });
    await server.heard(6);
    commands.complete();
    server.send(counting(8));
    const all = await frames.first(5);
    expect(all.map((f) => f.centerFreq)).toEqual([1e8, 2e8, 2e8, 2e8, 2e8]);
    expect(all.map((f) => f.sampleRate)).toEqual([1e6, 1e6, 1e6, 2e6, 2e6]);
    const times = all.map((f) => Number(f.timestampNs - all[0]!.timestampNs));
    expect(times).toEqual([0, 2000, 4000, 6000, 7000]);
  });

  it('goes into a recording as it comes', async () => {
    const path = folder()('rec');
    const server = await RtlTcpServer.start();
    const done = collect(
      fromRtlTcp(server.address, { sampleRate: 1e6, blockSamples: 100 }).pipe(take(10), toSigmf(path)),
    );
    await server.heard(3);
    server.send(counting(2000));
    await done.completed;
    expect(metaOf(path)).toMatchObject({
      global: { 'core:datatype': 'ci8', 'core:sample_rate': 1e6 },
      captures: [{ 'core:frequency': 1e8 }],
    });
    expect(metaOf(path).captures).toHaveLength(1);
  });

  it('is not read while its consumer is busy: the server feels it', async () => {
    const server = await RtlTcpServer.start();
    const open = new Subject<void>();
    const frames = collect(
      fromRtlTcp(server.address).pipe(
        pacedMap((f) =>
          open.pipe(
            take(1),
            map(() => f),
          ),
        ),
      ),
    );
    await server.heard(3);
    const chunk = new Uint8Array(1 << 20);
    let sent = 0;
    for (; server.send(chunk) || (server.sockets[0]?.writableLength ?? 0) < 4 * chunk.length; sent += 1) {
      if (sent > 64) throw new Error('64 MiB were taken by nobody');
    }
    await new Promise((resolve) => setImmediate(resolve));
    const socket = server.sockets[0] as Socket;
    expect(socket.writableLength).toBeGreaterThan(0);
    const feeding = setInterval(() => open.next(), 1);
    await once(socket, 'drain');
    clearInterval(feeding);
    expect(frames.values.length).toBeGreaterThan(0);
  });
});

describe('what goes wrong', () => {
  it('with the connection is an error that names the server; subscribing again comes back', async () => {
    const nobody = (await nobodyAt()).replace('tcp://', '');
    const refused = await failure(fromRtlTcp(nobody));
    expect(refused).toMatchObject({
      code: 'ERR_SOCKET',
      operation: 'connect',
      endpoint: `tcp://${nobody}`,
      cause: { code: 'ECONNREFUSED' },
    });

    const server = await RtlTcpServer.start();
    const source = fromRtlTcp(server.address, { blockSamples: 1 });
    const lost = failure(source);
    await server.heard(3);
    server.sockets[0]?.end();
    expect(await lost).toMatchObject({
      code: 'ERR_SOCKET',
      operation: 'receive',
      message: expect.stringContaining('closed the connection'),
    });

    const again = collect(source);
    await server.heard(6);
    server.send(counting(2));
    await again.first(1);
  });

  it('with a server of another kind says what it said', async () => {
    const server = await RtlTcpServer.start(Buffer.from('HTTP/1.1 400 Bad'));
    expect(await failure(fromRtlTcp(server.address))).toMatchObject({
      code: 'ERR_SOCKET',
      message: expect.stringContaining('it began with "HTTP", not "RTL0"'),
    });
    const silent = await RtlTcpServer.start(new Uint8Array(0));
    const error = await failure(fromRtlTcp(silent.address, { connectTimeoutMs: 1 }));
    expect(error).toMatchObject({
      code: 'ERR_SOCKET',
      operation: 'connect',
      message: expect.stringContaining('no greeting within 1 ms'),
    });
  });

  it('with commands is an error', async () => {
    const error = async (commands: unknown) => {
      const server = await RtlTcpServer.start();
      return failure(fromRtlTcp(server.address, { commands: commands as never }));
    };
    expect(await error(of({ centerFreq: -1 }))).toMatchObject({ code: 'ERR_OPTION', option: 'centerFreq' });
    expect(await error(of({ frequency: 1 }))).toMatchObject({ code: 'ERR_OPTION', option: 'frequency' });
    expect(await error(of(7))).toMatchObject({ code: 'ERR_OPTION', option: 'commands' });
    expect(await error(throwError(() => new Error('dial')))).toMatchObject({ message: 'dial' });
  });

  it('unsubscribing while nothing comes closes the connection', async () => {
    const server = await RtlTcpServer.start();
    const frames = collect(fromRtlTcp(server.address));
    await server.heard(3);
    frames.unsubscribe();
    await once(server.sockets[0] as Socket, 'close');
  });

  it('unsubscribing as it is connected sends nothing, and asks for no commands', async () => {
    const server = await RtlTcpServer.start();
    let asked = 0;
    const commands = defer(() => ((asked += 1), NEVER));
    let heard = 0;
    const onConnected = () => ((heard += 1), frames.unsubscribe());
    const frames = collect(fromRtlTcp(server.address, { commands, onConnected }));
    await once(server, 'connection');
    await once(server.sockets[0] as Socket, 'close');
    expect([heard, asked, server.commands]).toEqual([1, 0, []]);
  });

  it.each([
    ['', 'ERR_ENDPOINT'],
    ['host:0', 'ERR_ENDPOINT'],
    ['host:70000', 'ERR_ENDPOINT'],
    ['udp://host:1', 'ERR_ENDPOINT'],
    [7, 'ERR_ENDPOINT'],
  ])('with the address %j is thrown at the call', (address, code) => {
    expect(() => fromRtlTcp(address as string)).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ['gain', 'loud'],
    ['gain', NaN],
    ['sampleRate', 0],
    ['centerFreq', 2 ** 32],
    ['ppm', 0.5],
    ['directSampling', 'x'],
    ['commands', 7],
    ['blockSamples', 0],
    ['frequency', 1],
  ])('with option %s %j is thrown at the call', (option, value) => {
    expect(() => fromRtlTcp('host', { [option]: value })).toThrow(
      expect.objectContaining({ code: 'ERR_OPTION', option }),
    );
  });

  it.each(['host', 'tcp://host:1234', '[::1]:1234', '127.0.0.1:1'])('%s is an address', (address) => {
    expect(() => fromRtlTcp(address)).not.toThrow();
  });

  it('in virtual time, where there is no radio, says so', () => {
    expect(() => virtualTime(({ expectObservable }) => expectObservable(fromRtlTcp('x')).toBe('|'))).toThrow(
      /fromRtlTcp: a receiver/,
    );
  });
});

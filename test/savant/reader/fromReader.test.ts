import { readFileSync } from 'node:fs';
import { defer, map, of, retry, Subject, take, timer } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { Dealer, Request } from 'zeromq';
import { pacedMap } from '../../../src/operators/pacedMap.js';
import { encodeMessage, fromReader, message, type Outgoing, toWriter, userData } from '../../../src/savant/index.js';
import { collect } from '../../helpers/collect.js';
import { heardWarnings } from '../../helpers/heardWarnings.js';
import { connectedPeer } from '../../helpers/peers.js';
import { anyPort, brief, bytes, data, end, reading, Told } from '../sockets.js';

const encoded = (sourceId: string, seqId: bigint): Uint8Array =>
  encodeMessage(message(userData(sourceId), { seqId, systemId: 'system' }));

describe('a message that cannot be decoded', () => {
  const broken = Uint8Array.of(255, 255);

  it('is skipped, told and warned of once; the next ones come', async () => {
    const warnings = heardWarnings();
    const read = reading(`router+bind:${anyPort}`);
    const dealer = connectedPeer(new Dealer(), await read.told.endpoint());
    for (const part of [broken, new Uint8Array(0), encoded('a', 1n)]) await dealer.send(['a', part]);
    expect((await read.first(1)).map(brief)).toEqual(['userData a 1']);
    expect(await read.told.nth('invalid', 2)).toMatchObject({ count: 2, error: { code: 'ERR_CODEC' } });
    await warnings.settled();
    expect(warnings.texts).toHaveLength(1);
    expect(warnings.texts[0]).toContain('fromReader');
  });

  it("ends it with 'error'", async () => {
    const read = reading(`router+bind:${anyPort}`, { onInvalid: 'error' });
    const dealer = connectedPeer(new Dealer(), await read.told.endpoint());
    await dealer.send(['a', broken]);
    expect(await read.error).toMatchObject({ code: 'ERR_CODEC', cause: { code: 'ERR_MESSAGE' } });
  });

  it('is given to a function, as it came', async () => {
    const given = new Subject<readonly Uint8Array[]>();
    const heard = collect(given);
    const read = reading(`router+bind:${anyPort}`, { onInvalid: ({ parts }) => given.next(parts) });
    const dealer = connectedPeer(new Dealer(), await read.told.endpoint());
    await dealer.send(['a', broken, 'x']);
    expect(await heard.first(1)).toMatchObject([[{ length: 5 }, bytes('a'), broken, bytes('x')]]);
  });
});

it('REP answers a message that is cut off anywhere, and goes on', async () => {
  const fixture = new URL('../../fixtures/savant/1.15.1/req_rep-frame_none-1.part1.bin', import.meta.url);
  const whole = readFileSync(fixture);
  const read = reading(`rep+bind:${anyPort}`, { onInvalid: () => undefined });
  const request = connectedPeer(new Request(), await read.told.endpoint());
  for (let length = 0; length <= whole.length; length += 1) {
    await request.send(['cam-1', whole.subarray(0, length)]);
    expect((await request.receive()).map(String)).toEqual(['OK']);
  }
  for (const parts of [['cam-1'], ['']]) {
    await request.send(parts);
    expect((await request.receive()).map(String)).toEqual(['OK']);
  }
  const messages = read.values.filter(({ kind }) => kind === 'message');
  expect(messages.at(-1)).toMatchObject({ message: { payload: { kind: 'videoFrame', sourceId: 'cam-1' } } });
  expect(read.values.slice(-2)).toMatchObject([{ kind: 'tooShort' }, { kind: 'tooShort' }]);
  expect(read.open).toBe(true);
});

it('tells of gaps, and gives the messages all the same', async () => {
  const read = reading(`router+bind:${anyPort}`);
  const dealer = connectedPeer(new Dealer(), await read.told.endpoint());
  for (const seqId of [1n, 2n, 5n]) await dealer.send(['a', encoded('a', seqId)]);
  expect((await read.first(3)).map(brief)).toEqual(['userData a 1', 'userData a 2', 'userData a 5']);
  const gaps = read.told.all.filter(({ kind }) => kind === 'sequenceGap');
  expect(gaps).toMatchObject([{ systemId: 'system', sourceId: 'a', expected: 3n, received: 5n }]);
});

it('too few parts are told', async () => {
  const read = reading(`router+bind:${anyPort}`);
  const dealer = connectedPeer(new Dealer(), await read.told.endpoint());
  await dealer.send(['a']);
  expect(await read.first(1)).toMatchObject([{ kind: 'tooShort', parts: [{ length: 5 }, bytes('a')] }]);
});

it('a sender that takes a topic over keeps it', async () => {
  const read = reading(`router+bind:${anyPort}`);
  const endpoint = await read.told.endpoint();
  const [first, second] = [connectedPeer(new Dealer(), endpoint), connectedPeer(new Dealer(), endpoint)];
  await first.send(['a', encoded('a', 1n)]);
  await read.first(1);
  await second.send(['a', encoded('a', 2n)]);
  await read.first(2);
  await first.send(['a', encoded('a', 3n)]);
  await read.first(3);
  await first.send(['b', encoded('b', 1n)]);
  const kinds = (await read.first(4)).map(({ kind }) => kind);
  expect(kinds).toEqual(['message', 'message', 'routingIdMismatch', 'message']);
});

it('each subscription has a socket of its own, and can come after the one before', async () => {
  const told = new Told();
  const messages = fromReader(`rep+bind:${anyPort}`, { status: told });
  const first = collect(messages);
  const second = collect(messages);
  const endpoints = [(await told.nth('listening', 1)).endpoint, (await told.nth('listening', 2)).endpoint];
  for (const [i, endpoint] of endpoints.entries()) {
    await collect(of({ message: data(`${i}`) }).pipe(toWriter(`req+connect:${endpoint}`))).completed;
  }
  expect([...first.values, ...second.values].map(brief)).toEqual(['userData 0 1', 'userData 1 1']);
  first.unsubscribe();
  const again = new Told();
  collect(fromReader(`rep+bind:${endpoints[0]!}`, { status: again }));
  expect(await again.endpoint()).toBe(endpoints[0]);
});

it('an address that is in use is an error, and retry comes through', async () => {
  const blocking = reading(`router+bind:${anyPort}`);
  const endpoint = await blocking.told.endpoint();
  const told = new Told();
  let tries = 0;
  const read = collect(
    defer(() => {
      tries += 1;
      return fromReader(`router+bind:${endpoint}`, { status: told });
    }).pipe(
      retry({
        delay: (error: { code?: string; operation?: string }) => {
          expect(error).toMatchObject({ code: 'ERR_SOCKET', operation: 'bind' });
          blocking.unsubscribe();
          return timer(1);
        },
      }),
    ),
  );
  await told.endpoint();
  expect(tries).toBeGreaterThan(1);
  expect(read.open).toBe(true);
});

it('is not read while its consumer has no room, and REP answers no sooner', async () => {
  const told = new Told();
  const doors: Subject<void>[] = [];
  const passed = collect(
    fromReader(`rep+bind:${anyPort}`, { status: told }).pipe(
      pacedMap((result) => {
        const door = new Subject<void>();
        doors.push(door);
        return door.pipe(
          take(1),
          map(() => result),
        );
      }),
    ),
  );
  const input = new Subject<Outgoing>();
  const written = collect(input.pipe(toWriter(`req+connect:${await told.endpoint()}`)));
  input.next({ message: data('a') });
  input.next({ message: data('b') });
  input.next({ message: end('b') });
  await written.first(1);
  await told.nth('stalled');
  expect([doors.length, written.values.length]).toEqual([1, 1]);
  doors[0]!.next();
  await written.first(2);
  doors[1]!.next();
  await written.first(3);
  doors[2]!.next();
  expect((await passed.first(3)).map(brief)).toEqual(['userData a 1', 'userData b 1', 'endOfStream b 2']);
});

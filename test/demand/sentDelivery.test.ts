import { Subject, Subscription } from 'rxjs';
import { openSocket, reply, request, type SocketStatus, text } from 'rxzmq';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Parts } from '../../src/basics/Parts.js';
import { takeDelivery } from '../../src/demand/takeDelivery.js';
import type { Capabilities, Driver } from '../../src/driver/Driver.js';
import type { Socket, SocketListener } from '../../src/driver/Socket.js';
import { send } from '../../src/endpoints/sending/send.js';
import { type AnySinkOptions, sinkRules, sinkSettings } from '../../src/endpoints/sending/SinkOptions.js';
import { fromReader, message, toWriter, userData } from '../../src/savant/index.js';
import { collect } from '../helpers/collect.js';
import { Statuses } from '../helpers/Statuses.js';
import { Mail } from './Mail.js';

vi.mock('../../src/rx/defaultClock.js', async (actual) => {
  const { defaultClock } = await actual<typeof import('../../src/rx/defaultClock.js')>();
  return { defaultClock: { ...defaultClock, realMs: () => 0 } }; // a slow machine must not end a turn
});

/** A driver whose sockets take what they are told to take. */
class StandIn {
  readonly written: { readonly parts: Parts; readonly owned: boolean }[] = [];
  /** What `write` gives. */
  outcome: boolean | undefined = true;
  listener!: SocketListener;
  readonly sinks = new Subscription();
  readonly driver: Driver;

  constructor(capabilities: Partial<Capabilities>) {
    const none: Capabilities = {
      copiesAtOnce: false,
      tellsReleased: false,
      tellsPeer: false,
      withdraws: false,
      countsLeftover: false,
      tellsLater: false,
      settles: false,
      confirms: false,
      runsInVirtualTime: false,
    };
    const socket: Partial<Socket> = {
      hasRoom: () => this.outcome !== false,
      write: (parts, owned = false) => {
        if (this.outcome !== false) this.written.push({ parts, owned });
        return this.outcome;
      },
      bind: () => undefined,
      close: () => undefined,
    };
    this.driver = {
      name: 'engine',
      capabilities: { ...none, ...capabilities },
      open: (_settings, listener) => {
        this.listener = listener;
        return socket as Socket;
      },
    };
  }

  /** A sink on such a socket, which has room. */
  sink<T = string>(type: 'push' | 'pub', mail: Mail<T>, options: AnySinkOptions = {}): unknown[] {
    const drivers = { engine: this.driver, native: this.driver };
    const kind = { of: `to${type}`, type, drivers, binds: true, rules: sinkRules };
    const settings = sinkSettings(kind, 'inproc://nowhere', { codec: text, ...options });
    const tellsReleased = this.driver.capabilities.tellsReleased && type === 'push';
    const socket = { ...settings.socket, driver: this.driver, tellsReleased };
    const seen: unknown[] = [];
    this.sinks.add(mail.values.pipe(send({ ...settings, socket })).subscribe((value) => seen.push(value)));
    onTestFinished(() => this.sinks.unsubscribe());
    this.listener.writable();
    return seen;
  }

  release(index: number): void {
    this.listener.released!(this.written[index]!.parts);
  }
}

describe('a sink is done with a delivery', () => {
  it('as soon as the socket took the message, where the driver does not tell what it has released', () => {
    const [standIn, mail] = [new StandIn({}), new Mail<string>()];
    const seen = standIn.sink('push', mail);
    mail.give('a');
    expect([seen, mail.settled]).toEqual([['a'], ['a']]);
  });

  it.each([false, true])('once the message is released, where the driver tells (zeroCopy: %s)', (zeroCopy) => {
    const [standIn, mail] = [new StandIn({ tellsReleased: true, copiesAtOnce: true }), new Mail<string>()];
    const seen = standIn.sink('push', mail, { zeroCopy });
    mail.give('a', 'b');
    expect([seen, mail.settled]).toEqual([['a', 'b'], []]);
    expect(standIn.written.every(({ owned }) => owned)).toBe(true);
    standIn.release(1);
    expect(mail.settled).toEqual(['b']);
    standIn.release(0);
    standIn.release(0);
    expect(mail.settled).toEqual(['b', 'a']);
  });

  it.each([2, 8192])('once its samples are given back (%d numbers)', (count) => {
    const [standIn, mail] = [new StandIn({ tellsReleased: true, copiesAtOnce: true }), new Mail<Float32Array>()];
    const given: unknown[] = [];
    const samples = new Float32Array(count);
    standIn.sink('push', mail, { codec: undefined, zeroCopy: (array) => given.push(array) });
    mail.give(samples);
    expect([given, mail.settled]).toEqual([[], []]);
    standIn.release(0);
    expect([given, mail.settled]).toEqual([[samples], [samples]]);
  });

  it('as soon as it is taken, as a publisher, which shares its messages', () => {
    const [standIn, mail] = [new StandIn({ tellsReleased: true }), new Mail<string>()];
    standIn.sink('pub', mail);
    mail.give('a');
    expect(mail.settled).toEqual(['a']);
  });

  it('when a message that had to wait is taken', () => {
    const [standIn, mail] = [new StandIn({}), new Mail<string>()];
    const seen = standIn.sink('push', mail);
    standIn.outcome = false;
    mail.give('a', 'b');
    expect([seen, mail.settled]).toEqual([[], []]);
    standIn.outcome = true;
    standIn.listener.writable();
    expect([seen, mail.settled]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('when a driver that tells later says that it was sent', () => {
    const [standIn, mail] = [new StandIn({ tellsLater: true }), new Mail<string>()];
    const seen = standIn.sink('push', mail);
    standIn.outcome = undefined;
    mail.give('a');
    standIn.listener.tried!(false);
    expect([seen, mail.settled]).toEqual([[], []]);
    standIn.listener.writable();
    standIn.listener.tried!(true);
    expect([seen, mail.settled]).toEqual([['a'], ['a']]);
  });

  it('together with whoever took it below', () => {
    const [standIn, mail] = [new StandIn({ tellsReleased: true }), new Mail<string>()];
    const kept: ReturnType<typeof takeDelivery>[] = [];
    const seen = standIn.sink('push', mail);
    seen.push = () => kept.push(takeDelivery());
    mail.give('a');
    standIn.release(0);
    expect(mail.settled).toEqual([]);
    kept[0]!.done();
    expect(mail.settled).toEqual(['a']);
  });

  it('never, where the message was not sent', () => {
    const [standIn, mail] = [new StandIn({}), new Mail<string>()];
    standIn.sink('push', mail);
    standIn.outcome = false;
    mail.give('a');
    standIn.sinks.unsubscribe();
    standIn.outcome = true;
    standIn.listener.writable();
    expect(mail.settled).toEqual([]);
  });
});

describe('over real sockets', () => {
  it.each(['engine', 'native'] as const)('a handle is done with it once it is sent (%s)', async (driver) => {
    const pull = openSocket('pull', { driver }).bind('tcp://127.0.0.1:*');
    const push = openSocket('push', { driver }).connect(await pull.opened);
    const mail = new Mail<string>();
    const sent = collect(mail.values.pipe(push.sink()));
    mail.give('a', 'b');
    await sent.first(2);
    expect(mail.settled).toEqual(['a', 'b']);
    await Promise.all([push.close({ lingerMs: 0 }), pull.close({ lingerMs: 0 })]);
  });

  it('a request is done with it once its reply is told', async () => {
    const answers: Subject<string>[] = [];
    const statuses = new Statuses();
    const handler = (): Subject<string> => {
      const answer = new Subject<string>();
      answers.push(answer);
      arrived.next(answers.length);
      return answer;
    };
    const arrived = new Subject<number>();
    const seen = collect(arrived);
    collect(reply('tcp://127.0.0.1:*', handler, { codec: text, concurrency: 2, status: statuses }));
    const { endpoint } = await statuses.first('listening');
    const mail = new Mail<string>();
    const replies = collect(mail.values.pipe(request(endpoint, { codec: text, concurrency: 2 })));
    mail.give('a', 'b');
    await seen.first(2);
    expect(mail.settled).toEqual([]);
    answers[1]!.next('B'); // which waits for the one before it
    answers[0]!.next('A');
    expect(await replies.first(2)).toEqual(['A', 'B']);
    expect(mail.settled).toEqual(['a', 'b']);
  });

  it("savant's writer is done with it once its result is told", async () => {
    const statuses = new Statuses();
    collect(fromReader('rep+bind:tcp://127.0.0.1:0', { status: (status) => statuses.next(status as SocketStatus) }));
    const { endpoint } = await statuses.first('listening');
    const mail = new Mail<{ topic: string; message: ReturnType<typeof message> }>();
    const written = collect(mail.values.pipe(toWriter(`req+connect:${endpoint}`)));
    mail.give({ topic: 'cam', message: message(userData('cam')) });
    expect(mail.settled).toEqual([]);
    expect(await written.first(1)).toMatchObject([{ kind: 'ack' }]);
    expect(mail.settled).toHaveLength(1);
  });
});

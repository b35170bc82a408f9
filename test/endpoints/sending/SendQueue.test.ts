import { describe, expect, it } from 'vitest';
import type { Linked } from '../../../src/basics/LinkedQueue.js';
import type { Parts } from '../../../src/basics/Parts.js';
import { SendQueue, type SendQueueOwner, type SendingSocket } from '../../../src/endpoints/sending/SendQueue.js';
import { FakeClock } from '../../helpers/FakeClock.js';

interface Message extends Linked<Message> {
  readonly name: string;
}

type Outcome = boolean | undefined | Error;

/** A queue whose socket says what it is told to, with a log of all that is said. */
class Rig implements SendQueueOwner<Message>, SendingSocket {
  readonly log: string[] = [];
  readonly clock = new FakeClock();
  readonly queue = new SendQueue<Message>(this.clock, this);
  readonly messages = new Map<string, Message>();
  /** What `write` gives, one after the other; then `true`. */
  outcomes: Outcome[] = [];
  isOpenForMore = true;
  held: string[] | 'all' = [];
  /** Called in the middle of what the word says: `'write a'`, `'sent a'`, `'idle'`. */
  readonly during = new Map<string, () => void>();

  constructor({ tellsLater = false, room = true } = {}) {
    this.queue.open(this, { tellsLater });
    if (room) this.queue.writable();
    this.log.length = 0;
  }

  // The socket.

  write(parts: Parts): boolean | undefined {
    const name = String.fromCharCode(parts[0]![0]!);
    this.#said(`write ${name}`);
    const outcome = this.outcomes.length > 0 ? this.outcomes.shift() : true;
    if (outcome instanceof Error) throw outcome;
    return outcome;
  }

  hasRoom(): boolean {
    return this.isOpenForMore;
  }

  // The owner.

  isHeld(message?: Message): boolean {
    return this.held === 'all' || (message !== undefined && this.held.includes(message.name));
  }

  begin({ name }: Message): void {
    this.during.get(`begin ${name}`)?.();
  }

  hand({ name }: Message): boolean | undefined {
    return this.queue.hand(partsOf(name), true);
  }

  sent({ name }: Message): void {
    this.#said(`sent ${name}`);
  }

  failed({ name }: Message, error: unknown): void {
    this.#said(`failed ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }

  idle(): void {
    this.#said('idle');
  }

  // The test.

  /** Sends as a sink does: at once where that goes, else it waits. */
  send(name: string): void {
    if (this.queue.write(partsOf(name), false)) {
      this.#said(`sent ${name} at once`);
      this.queue.resume();
    } else this.post(name);
  }

  post(...names: string[]): this {
    for (const name of names) {
      const message = { name };
      this.messages.set(name, message);
      this.queue.post(message);
    }
    return this;
  }

  withdraw(name: string): void {
    this.queue.withdraw(this.messages.get(name)!, 'withdrawn');
  }

  /** What was said since this was last asked. */
  take(): string[] {
    return this.log.splice(0);
  }

  #said(word: string): void {
    this.log.push(word);
    const action = this.during.get(word);
    this.during.delete(word);
    action?.();
  }
}

const partsOf = (name: string): Parts => [new Uint8Array([name.charCodeAt(0)])];

/** What is done in a state, what is said then, and what waits afterwards. */
interface Row {
  readonly from: () => Rig;
  readonly act: (rig: Rig) => void;
  readonly said: readonly string[];
  readonly left?: string;
}

const ready = (): Rig => new Rig();
/** Some wait: there has been no room yet. */
const full = (names: string) => (): Rig => {
  const rig = new Rig({ room: false }).post(...Array.from(names));
  rig.take();
  return rig;
};
/** The first is with a driver that tells later, and the others wait behind it. */
const tried = (names: string) => (): Rig => {
  const rig = new Rig({ tellsLater: true });
  rig.outcomes = [undefined];
  rig.post(...Array.from(names)).take();
  return rig;
};
const doing =
  (word: string, action: (rig: Rig) => void, then: (rig: Rig) => void) =>
  (rig: Rig): void => {
    rig.during.set(word, () => action(rig));
    then(rig);
  };
const answering =
  (outcomes: Outcome[], then: (rig: Rig) => void) =>
  (rig: Rig): void => {
    rig.outcomes = outcomes;
    then(rig);
  };

const table: Record<string, Row> = {
  'room: goes at once': { from: ready, act: (rig) => rig.send('a'), said: ['write a', 'sent a at once'] },
  'room, but none after all: waits': {
    from: ready,
    act: answering([false], (rig) => rig.send('a')),
    said: ['write a'],
    left: 'a',
  },
  'no room: waits without a try': { from: full(''), act: (rig) => rig.send('a'), said: [], left: 'a' },
  'some wait: goes behind them': { from: full('ab'), act: (rig) => rig.send('c'), said: [], left: 'abc' },
  'a driver that tells later: never goes at once': {
    from: () => new Rig({ tellsLater: true }),
    act: answering([undefined], (rig) => rig.send('a')),
    said: ['write a'],
    left: 'a',
  },

  'some wait, room comes: all go in their order': {
    from: full('abc'),
    act: (rig) => rig.queue.writable(),
    said: ['write a', 'sent a', 'write b', 'sent b', 'write c', 'sent c', 'idle'],
  },
  'some wait, room for one: the others wait on': {
    from: full('abc'),
    act: answering([true, false], (rig) => rig.queue.writable()),
    said: ['write a', 'sent a', 'write b'],
    left: 'bc',
  },
  'one can never be sent: fails, and the others go': {
    from: full('ab'),
    act: answering([new Error('unroutable')], (rig) => rig.queue.writable()),
    said: ['write a', 'failed a: unroutable', 'write b', 'sent b', 'idle'],
  },
  'nothing waits, room comes: says so': { from: full(''), act: (rig) => rig.queue.writable(), said: ['idle'] },

  'held: nothing goes': {
    from: full('ab'),
    act: (rig) => {
      rig.held = 'all';
      rig.queue.writable();
    },
    said: [],
    left: 'ab',
  },
  'not held any more: goes on': {
    from: () => {
      const rig = full('ab')();
      rig.held = 'all';
      rig.queue.writable();
      rig.held = [];
      return rig;
    },
    act: (rig) => rig.queue.flush(),
    said: ['write a', 'sent a', 'write b', 'sent b', 'idle'],
  },
  'the second is held: the first goes': {
    from: full('abc'),
    act: (rig) => {
      rig.held = ['b'];
      rig.queue.writable();
    },
    said: ['write a', 'sent a'],
    left: 'bc',
  },

  'taken back while it waits: fails, the others keep their order': {
    from: full('abc'),
    act: (rig) => {
      rig.withdraw('b');
      rig.queue.writable();
    },
    said: ['failed b: withdrawn', 'write a', 'sent a', 'write c', 'sent c', 'idle'],
  },
  'the last one taken back: says that nothing waits': {
    from: full('a'),
    act: (rig) => rig.withdraw('a'),
    said: ['failed a: withdrawn', 'idle'],
  },
  'taken back once it is sent: nothing': {
    from: ready,
    act: (rig) => {
      rig.post('a');
      rig.withdraw('a');
    },
    said: ['write a', 'sent a', 'idle'],
  },
  'taken back as it begins: the next one begins': {
    from: full('ab'),
    act: doing(
      'begin a',
      (rig) => rig.withdraw('a'),
      (rig) => rig.queue.writable(),
    ),
    said: ['failed a: withdrawn', 'write b', 'sent b', 'idle'],
  },

  'tried: the others wait': { from: tried('ab'), act: (rig) => rig.queue.writable(), said: [], left: 'ab' },
  'tried, and sent: the next is tried': {
    from: tried('ab'),
    act: answering([undefined], (rig) => rig.queue.tried(true)),
    said: ['sent a', 'write b'],
    left: 'b',
  },
  'tried, and no room: is tried again when there is some': {
    from: tried('a'),
    act: answering([undefined], (rig) => {
      rig.queue.tried(false);
      rig.log.push('room');
      rig.queue.writable();
      rig.queue.tried(true);
    }),
    said: ['room', 'write a', 'sent a', 'idle'],
  },
  'tried, and an error: fails': {
    from: tried('ab'),
    act: answering([undefined], (rig) => rig.queue.tried(new Error('unroutable'))),
    said: ['failed a: unroutable', 'write b'],
    left: 'b',
  },
  'tried, taken back, and sent: is sent': {
    from: tried('a'),
    act: (rig) => {
      rig.withdraw('a');
      rig.queue.tried(true);
    },
    said: ['sent a', 'idle'],
  },
  'tried, taken back, and no room: fails': {
    from: tried('a'),
    act: (rig) => {
      rig.withdraw('a');
      rig.queue.tried(false);
    },
    said: ['failed a: withdrawn', 'idle'],
  },
  'tried, closed, and told: nothing': {
    from: tried('ab'),
    act: (rig) => {
      rig.log.push(...rig.queue.close().map(({ name }) => `left ${name}`));
      rig.queue.tried(true);
      rig.queue.writable();
    },
    said: ['left a', 'left b'],
  },

  // Each of these calls back in the middle.
  'another is sent in the middle: after the first, once that is told': {
    from: ready,
    act: doing(
      'write a',
      (rig) => rig.send('b'),
      (rig) => rig.send('a'),
    ),
    said: ['write a', 'sent a at once', 'write b', 'sent b', 'idle'],
  },
  'another is sent in the middle of one that finds no room: waits before it': {
    from: ready,
    act: doing(
      'write a',
      (rig) => rig.post('b'),
      answering([false], (rig) => rig.send('a')),
    ),
    said: ['write a'],
    left: 'ba', // no driver calls back where it takes nothing
  },
  'another is sent, and room comes, in the middle: after the first, once that is told': {
    from: ready,
    act: doing(
      'write a',
      (rig) => rig.post('b').queue.writable(),
      (rig) => rig.send('a'),
    ),
    said: ['write a', 'sent a at once', 'write b', 'sent b', 'idle'],
  },
  'room comes in the middle of one that finds none: is tried again': {
    from: full('a'),
    act: doing(
      'write a',
      (rig) => rig.queue.writable(),
      answering([false], (rig) => rig.queue.writable()),
    ),
    said: ['write a', 'write a', 'sent a', 'idle'],
  },
  'room is asked for in the middle: is told afterwards': {
    from: ready,
    act: doing(
      'write a',
      (rig) => rig.log.push(`${rig.queue.hasRoom}`),
      (rig) => rig.send('a'),
    ),
    said: ['write a', 'false', 'sent a at once', 'idle'],
  },
  'room is asked for in the middle of one that has waited: is told afterwards': {
    from: full('a'),
    act: doing(
      'write a',
      (rig) => rig.log.push(`${rig.queue.hasRoom}`),
      (rig) => rig.queue.writable(),
    ),
    said: ['write a', 'false', 'sent a', 'idle'],
  },
  'rest is asked for in the middle: is told afterwards': {
    from: ready,
    act: doing(
      'write a',
      (rig) => rig.log.push(`${rig.queue.isIdle}`),
      (rig) => rig.send('a'),
    ),
    said: ['write a', 'false', 'sent a at once', 'idle'],
  },
  'another is sent in the middle of one that can never be: goes, and the error is told': {
    from: ready,
    act: doing(
      'write a',
      (rig) => rig.post('b'),
      answering([new Error('unroutable')], (rig) => {
        try {
          rig.send('a');
        } catch (error) {
          rig.log.push(`thrown: ${(error as Error).message}`);
        }
      }),
    ),
    said: ['write a', 'write b', 'sent b', 'idle', 'thrown: unroutable'],
  },
  'closed in the middle of one that has waited: nothing is said of it': {
    from: full('ab'),
    act: doing(
      'write a',
      (rig) => rig.log.push(`left ${rig.queue.close().length}`),
      (rig) => rig.queue.writable(),
    ),
    said: ['write a', 'left 2'],
  },
  'closed as one is told: no more go': {
    from: full('ab'),
    act: doing(
      'sent a',
      (rig) => rig.log.push(`left ${rig.queue.close().length}`),
      (rig) => rig.queue.writable(),
    ),
    said: ['write a', 'sent a', 'left 1'],
  },
  'another is sent as one is told: behind those that wait': {
    from: full('ab'),
    act: doing(
      'sent a',
      (rig) => rig.send('c'),
      (rig) => rig.queue.writable(),
    ),
    said: ['write a', 'sent a', 'write b', 'sent b', 'write c', 'sent c', 'idle'],
  },
  'another is sent as it is said that nothing waits: goes at once': {
    from: full('a'),
    act: doing(
      'idle',
      (rig) => rig.send('b'),
      (rig) => rig.queue.writable(),
    ),
    said: ['write a', 'sent a', 'idle', 'write b', 'sent b at once'],
  },
  'another socket in the middle: what waits goes once that has room': {
    from: full('ab'),
    act: doing(
      'write a',
      (rig) => rig.queue.open({ write: () => true, hasRoom: () => true }, { tellsLater: false }),
      (rig) => rig.queue.writable(),
    ),
    said: ['write a', 'sent a'],
    left: 'b',
  },
};

describe('a queue', () => {
  it.each(Object.entries(table))('%s', (_name, { from, act, said, left = '' }) => {
    const rig = from();
    act(rig);
    expect(rig.take()).toEqual(said);
    expect([...rig.queue.waiting].map(({ name }) => name).join('')).toBe(left);
    expect(rig.queue.size).toBe(left.length);
  });

  it('has room when the socket has, nothing waits and nothing is held', () => {
    const rig = new Rig();
    expect([rig.queue.hasRoom, rig.queue.isIdle]).toEqual([true, true]);
    rig.isOpenForMore = false;
    expect(rig.queue.hasRoom).toBe(false);
    rig.isOpenForMore = true;
    rig.held = 'all';
    expect(rig.queue.hasRoom).toBe(false);
    rig.post('a');
    rig.held = [];
    expect([rig.queue.hasRoom, rig.queue.isIdle]).toEqual([false, false]);
    rig.queue.flush();
    expect(rig.queue.hasRoom).toBe(true);
    rig.outcomes = [false];
    rig.send('b');
    expect(rig.queue.hasRoom).toBe(false);
  });

  it('leaves the event loop its turns, and keeps the order over them', () => {
    const rig = new Rig({ room: false });
    rig.post(...Array.from('abcdefgh'));
    for (const name of 'abcdefgh') rig.during.set(`sent ${name}`, () => rig.clock.spend(3));
    rig.queue.writable();
    const first = rig.take().length / 2;
    expect(first).toBeLessThan(8);
    expect([...rig.queue.waiting].map(({ name }) => name).join('')).toBe('abcdefgh'.slice(first));
    rig.send('i');
    expect(rig.take()).toEqual([]);
    for (let turns = 0; turns < 9; turns += 1) rig.clock.turn();
    expect(rig.take().filter((word) => word.startsWith('write'))).toEqual(
      Array.from('abcdefghi'.slice(first), (name) => `write ${name}`),
    );
    expect(rig.queue.size).toBe(0);
  });
});

import { merge, Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { Gate } from '../../src/demand/Gate.js';
import { run } from '../../src/demand/run.js';
import type { Waiter } from '../../src/demand/types.js';
import { operate } from '../../src/rx/operate.js';
import { heard, Inbox, Places } from './stages.js';

/** A consumer's own places, and what is woken as it gets them. */
function gateOf(below?: Places, places = 0) {
  const own = { places };
  const woken: string[] = [];
  const gate = new Gate(() => own.places > 0, below);
  return {
    own,
    woken,
    gate,
    waiter: (name: string): Waiter => ({ room: () => void woken.push(name) }),
    give(count = 1) {
      own.places += count;
      for (let i = 0; i < count; i += 1) gate.pass();
    },
  };
}

describe('hasRoom', () => {
  it.each([
    [0, 0, false],
    [0, 1, false],
    [1, 0, false],
    [1, 1, true],
  ])('with %i places of its own and %i below: %s', (own, below, expected) => {
    expect(gateOf(new Places(below), own).gate.hasRoom()).toBe(expected);
  });

  it('is the consumer’s own affair with nobody below', () => {
    expect(gateOf(undefined, 0).gate.hasRoom()).toBe(false);
    expect(gateOf(undefined, 1).gate.hasRoom()).toBe(true);
  });

  it('is true for ever once the consumer has ended', () => {
    const { gate } = gateOf(new Places(0), 0);
    expect(gate.ended).toBe(false);
    gate.end();
    expect(gate.ended).toBe(true);
    expect(gate.hasRoom()).toBe(true);
  });
});

describe('wake-ups', () => {
  it('are one for each place, and take turns', () => {
    const { gate, woken, own, give } = gateOf();
    const again = (name: string): Waiter => {
      const waiter = {
        room: () => {
          woken.push(name);
          own.places -= 1; // it reads one, and wants more
          gate.wait(waiter);
        },
      };
      return waiter;
    };
    for (const name of ['a', 'b', 'c']) gate.wait(again(name));
    give();
    expect(woken).toEqual(['a']);
    give();
    give(3);
    expect(woken.join('')).toBe('abcab');
  });

  it('come once for each wait, however often a waiter asks', () => {
    const { gate, woken, waiter, give } = gateOf();
    const a = waiter('a');
    gate.wait(a);
    gate.wait(a);
    give(3);
    expect(woken).toEqual(['a']);
  });

  it('do not come to one that has left', () => {
    const { gate, woken, waiter, give } = gateOf();
    const [a, b] = [waiter('a'), waiter('b')];
    gate.wait(a);
    gate.wait(b);
    gate.leave(a);
    gate.leave(waiter('c')); // which never waited
    give();
    expect(woken).toEqual(['b']);
  });

  it('are not given while there is no room', () => {
    const { gate, woken, waiter } = gateOf();
    gate.wait(waiter('a'));
    gate.pass();
    expect(woken).toEqual([]);
  });

  it('are passed on by one that finds nothing to read', () => {
    const { gate, woken, waiter, give } = gateOf();
    for (const name of ['a', 'b']) {
      gate.wait({
        room: () => {
          woken.push(name);
          gate.pass();
        },
      });
    }
    gate.wait(waiter('c'));
    give(1);
    expect(woken).toEqual(['a', 'b', 'c']);
  });
});

describe('a consumer that is being called', () => {
  it('tells nobody of room before it has returned, then as often as there was some', () => {
    const { gate, woken, waiter, give } = gateOf();
    for (const name of ['a', 'b', 'c']) gate.wait(waiter(name));
    gate.hold();
    give(2);
    expect(woken).toEqual([]);
    gate.release();
    expect(woken).toEqual(['a', 'b']);
    gate.hold();
    gate.release();
    expect(woken).toEqual(['a', 'b']);
  });

  it('and calls itself has returned when the outer call has', () => {
    const { gate, woken, waiter, give } = gateOf();
    gate.wait(waiter('a'));
    gate.hold();
    gate.hold();
    give();
    gate.release();
    expect(woken).toEqual([]);
    gate.release();
    expect(woken).toEqual(['a']);
  });

  it('loses no room when those it wakes call it again', () => {
    const { gate, own, give } = gateOf();
    let read = 0;
    const waiter = {
      room: () => {
        gate.hold();
        read += 1;
        own.places -= 1;
        gate.wait(waiter);
        if (read < 50) give(); // a consumer that is done at once
        gate.release();
      },
    };
    gate.wait(waiter);
    const call = (): void => {
      gate.hold();
      give();
      gate.release();
    };
    call();
    expect(read).toBe(50);
    call();
    expect(read).toBe(51);
    call();
    expect(read).toBe(52);
  });

  it('frees its waiters when it ends meanwhile', () => {
    const { gate, woken, waiter, give } = gateOf();
    gate.wait(waiter('a'));
    gate.hold();
    give();
    gate.end();
    gate.release();
    expect(woken).toEqual(['a']);
  });
});

it('an operator that makes room while it is called is called again only when it has emitted', () => {
  const [source, inbox] = [new Subject<number>(), new Inbox(2)];
  let places = 0;
  const eager = operate<number, number>((out, gate) => ({
    next(value) {
      places = 1;
      gate.pass();
      out.next(value);
    },
    complete: () => out.complete(),
    hasRoom: () => places > 0,
  }));
  const { told, observer } = heard();
  const subscription = merge(source, inbox.values).pipe(eager).subscribe(observer);
  expect(inbox.read).toEqual([]);
  source.next(1);
  expect(told).toEqual(['1', '2']);
  subscription.unsubscribe();
});

describe('joined with a demand below', () => {
  it('wakes when both have room, whichever had none', () => {
    const below = new Places(0);
    const { gate, woken, waiter, give } = gateOf(below);
    gate.wait(waiter('a'));
    below.give();
    expect(woken).toEqual([]);
    give();
    expect(woken).toEqual(['a']);
    below.left = 0;
    gate.wait(waiter('b'));
    gate.pass();
    expect(woken).toEqual(['a']);
    below.give();
    expect(woken).toEqual(['a', 'b']);
  });

  it('waits below when the own room comes while there is none below any more', () => {
    const below = new Places(1);
    const { gate, woken, waiter, give } = gateOf(below);
    gate.wait(waiter('a')); // for want of an own place
    expect(below.waiters.size).toBe(0);
    below.left = 0;
    give();
    expect(woken).toEqual([]);
    below.give();
    expect(woken).toEqual(['a']);
  });

  it('waits below once, for all of its waiters', () => {
    const below = new Places(0);
    const { gate, waiter } = gateOf(below, 5);
    for (const name of ['a', 'b', 'c']) gate.wait(waiter(name));
    expect(below.waiters.size).toBe(1);
  });

  it('passes on below what is of no use: nobody waits, or it has no place itself', () => {
    const below = new Places(0);
    const { gate, waiter, woken } = gateOf(below);
    const other: string[] = [];
    const a = waiter('a');
    gate.wait(a);
    below.wait({ room: () => void other.push('other') });
    below.give(1); // gate is first in the line, and has no place
    expect(other).toEqual(['other']);
    expect(woken).toEqual([]);
    gate.leave(a);
    below.wait({ room: () => void other.push('again') });
    gate.pass();
    expect(other).toEqual(['other', 'again']);
  });

  it('passes on below the room of one that left when it had been told', () => {
    const below = new Places(0);
    const { gate, waiter, woken } = gateOf(below, 1);
    const other: string[] = [];
    const a = waiter('a');
    gate.wait(a);
    below.wait({ room: () => void other.push('other') });
    run(() => {
      below.give(1);
      gate.leave(a);
    });
    expect(woken).toEqual([]);
    expect(other).toEqual(['other']);
  });

  it('leaves it, and wakes all its waiters, when its consumer ends', () => {
    const below = new Places(0);
    const { gate, waiter, woken } = gateOf(below);
    for (const name of ['a', 'b', 'c']) gate.wait(waiter(name));
    gate.end();
    gate.end();
    expect(woken).toEqual(['a', 'b', 'c']);
    expect(below.waiters.size).toBe(0);
    gate.pass();
    expect(woken).toHaveLength(3);
  });

  it('wakes when the one below ends', () => {
    const below = new Places(0);
    const { gate, waiter, woken } = gateOf(below, 1);
    gate.wait(waiter('a'));
    below.end();
    expect(woken).toEqual(['a']);
    expect(gate.ended).toBe(false);
    expect(gate.hasRoom()).toBe(true);
  });

  it('reaches through three of them', () => {
    const sink = new Places(0);
    const middle = new Gate(() => true, sink);
    const { gate, waiter, woken } = gateOf(undefined, 1);
    const top = new Gate(() => gate.hasRoom(), middle);
    top.wait(waiter('a'));
    expect(woken).toEqual([]);
    sink.give();
    expect(woken).toEqual(['a']);
  });
});

it('wakes who waits when its turn comes, not one that has left meanwhile', () => {
  let places = 0;
  const woken: string[] = [];
  const gate = new Gate(() => places > 0, undefined);
  const [a, b] = [{ room: () => void woken.push('a') }, { room: () => void woken.push('b') }];
  gate.wait(a);
  gate.wait(b);
  run(() => {
    places = 1;
    gate.pass();
    gate.leave(a);
  });
  expect(woken).toEqual(['b']);
});

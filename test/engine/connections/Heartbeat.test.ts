import { beforeEach, describe, expect, it } from 'vitest';
import { Heartbeat, type HeartbeatSettings } from '../../../src/engine/connections/Heartbeat.js';
import { FakeClock } from '../../helpers/FakeClock.js';

let clock: FakeClock;
beforeEach(() => (clock = new FakeClock()));

/** A connection as its heartbeat sees it; a PING is with the kernel at once unless output is blocked. */
class Wire {
  readPaused = false;
  isBehind = false;
  unsent = 0;
  readonly pingsAt: number[] = [];
  readonly pongsAt: number[] = [];
  givenUp: { at: number; afterMs: number } | undefined;
  readonly beat: Heartbeat;

  constructor(settings: Partial<HeartbeatSettings> | false) {
    const all = settings && { intervalMs: 10, timeoutMs: 15, ttlMs: 0, ...settings };
    this.beat = new Heartbeat(clock, all, this);
    this.beat.start();
  }

  ping(): void {
    this.pingsAt.push(clock.now());
    if (this.unsent === 0) this.beat.pingSent();
  }

  pong(): void {
    this.pongsAt.push(clock.now());
  }

  timedOut(afterMs: number): void {
    this.givenUp ??= { at: clock.now(), afterMs };
    this.beat.stop();
  }

  stopReading(): void {
    this.readPaused = this.isBehind = true;
    this.beat.behind();
  }

  readAgain(): void {
    this.readPaused = this.isBehind = false;
  }
}

describe('a PING', () => {
  it('goes out first of all, then at each interval', () => {
    const wire = new Wire({ timeoutMs: 0 });
    clock.advance(35);
    expect(wire.pingsAt).toEqual([0, 10, 20, 30]);
  });

  it('does not go out while this side does not read: its answer would not be read', () => {
    const wire = new Wire({ timeoutMs: 0 });
    wire.stopReading();
    clock.advance(35);
    wire.readAgain();
    clock.advance(10);
    expect(wire.pingsAt).toEqual([0, 40]);
  });

  it('goes out once, however long output is blocked', () => {
    const wire = new Wire({ timeoutMs: 0 });
    wire.unsent = 1000;
    clock.advance(100);
    expect(wire.pingsAt).toEqual([0, 10]);
  });
});

describe('a peer', () => {
  it('is given up when nothing came within the timeout after a PING', () => {
    const wire = new Wire({});
    clock.advance(100);
    expect(wire.givenUp).toEqual({ at: 15, afterMs: 15 });
  });

  it('is kept by anything that came after the PING, also when another deadline began in between', () => {
    const wire = new Wire({});
    clock.advance(10);
    wire.beat.heard();
    wire.beat.pinged(100);
    clock.advance(10);
    expect(wire.givenUp).toBeUndefined();
  });

  it('is given up one timeout after the first PING that it does not answer', () => {
    const wire = new Wire({ intervalMs: 50, timeoutMs: 300 });
    for (const ms of [55, 55, 50]) {
      clock.advance(ms);
      wire.beat.heard();
    }
    clock.advance(1000);
    expect(wire.givenUp?.at).toBe(500);
  });

  it('is judged after what has arrived was read, however late the timer is', () => {
    const wire = new Wire({ intervalMs: 1000 });
    clock.spend(500); // the loop was blocked
    clock.soon(() => wire.beat.heard()); // what the loop finds when it looks for I/O
    clock.turn();
    clock.turn();
    expect(wire.givenUp).toBeUndefined();
  });

  it('is not blamed for a silence that is this side’s own', () => {
    const wire = new Wire({});
    wire.stopReading();
    clock.advance(100);
    expect(wire.givenUp).toBeUndefined();
    wire.readAgain();
    clock.advance(100);
    expect(wire.givenUp?.at).toBe(125); // the first PING after that was at 110
  });

  it('has its time from when the kernel has the PING', () => {
    const wire = new Wire({ intervalMs: 20 });
    wire.beat.heard();
    clock.advance(18);
    wire.unsent = 1000; // the PING of 20 waits
    clock.advance(80);
    expect(wire.givenUp).toBeUndefined();
    wire.unsent = 0;
    wire.beat.drained();
    wire.beat.pingSent();
    clock.advance(14);
    expect(wire.givenUp).toBeUndefined();
    clock.advance(1);
    expect(wire.givenUp).toBeDefined();
  });

  it('lives as long as output drains, in the middle of a write too', () => {
    const wire = new Wire({});
    wire.unsent = 1000;
    for (let i = 0; i < 20; i += 1) {
      clock.advance(10);
      wire.unsent -= 10;
    }
    expect(wire.givenUp).toBeUndefined();
  });

  it('lives when the kernel takes what had to wait', () => {
    const wire = new Wire({ intervalMs: 1000 });
    clock.advance(10);
    wire.beat.drained();
    clock.advance(10);
    expect(wire.givenUp).toBeUndefined();
  });

  it('may be held back once the kernel has the PING, and is not judged', () => {
    const wire = new Wire({ intervalMs: 1000 });
    clock.advance(1);
    wire.unsent = 1000;
    clock.advance(900);
    expect(wire.givenUp).toBeUndefined();
  });

  it('lives while a write goes on, also one that would say that it is held back', () => {
    const wire = new Wire({ intervalMs: 1000, timeoutMs: 100 });
    wire.beat.ponged();
    wire.beat.ponged();
    wire.unsent = 1000;
    for (let i = 0; i < 9; i += 1) {
      clock.advance(90);
      wire.unsent -= 10;
    }
    expect(wire.givenUp).toBeUndefined();
    clock.advance(201);
    expect(wire.givenUp).toBeDefined();
  });

  it('may be held back where output stands still, and is not judged; unless it is one that would say so', () => {
    const wire = new Wire({ timeoutMs: 100 });
    wire.beat.heard();
    wire.beat.ponged();
    wire.unsent = 1000;
    clock.advance(1000);
    expect(wire.givenUp).toBeUndefined();
    for (let i = 0; i < 20; i += 1) {
      wire.beat.heard();
      wire.beat.ponged(); // unasked
      clock.advance(5);
    }
    expect(wire.givenUp).toBeUndefined();
    clock.advance(110);
    expect(wire.givenUp).toBeDefined();
  });
});

describe('a peer of this kind', () => {
  it.each([
    ['is given up where output stands still and it is silent, held back or not', 100, 130],
    ['is not judged by that where it could not say so often enough', 99, undefined],
  ])('%s', (_what, timeoutMs, at) => {
    const wire = new Wire({ timeoutMs });
    wire.beat.ponged();
    wire.beat.ponged(); // the one by which it is known
    wire.beat.heard();
    clock.advance(10);
    wire.beat.heard();
    wire.beat.ponged();
    wire.unsent = 1000; // the wire breaks, and the PING of 20 waits
    clock.advance(1000);
    expect(wire.givenUp?.at).toBe(at);
  });

  it('is not known by an answer to each PING, however late the kernel takes that', () => {
    const wire = new Wire({ timeoutMs: 100 });
    wire.beat.ponged();
    wire.unsent = 1000;
    clock.advance(10);
    wire.beat.ponged(); // before this side hears that the PING is out
    wire.beat.heard();
    clock.advance(1000);
    expect(wire.givenUp).toBeUndefined();
  });

  it('says once that it is one, to a peer that sends PINGs', () => {
    const wire = new Wire(false);
    clock.advance(100);
    expect(wire.pongsAt).toEqual([]);
    for (let i = 0; i < 5; i += 1) {
      wire.beat.pinged(0);
      clock.advance(100);
    }
    expect(wire.pongsAt).toEqual([150]);
    expect(clock.timerCount).toBe(0);
  });
});

describe('a time that the peer names in its PING', () => {
  it('is how long it may be silent', () => {
    const wire = new Wire(false);
    wire.beat.pinged(300);
    clock.advance(200);
    wire.beat.heard();
    clock.advance(100);
    expect(wire.givenUp).toBeUndefined();
    wire.beat.pinged(300);
    clock.advance(300);
    expect(wire.givenUp).toEqual({ at: 600, afterMs: 300 });
    expect(wire.pingsAt).toEqual([]);
  });

  it.each([
    [[0], 300],
    [[0, 50, 100, 150], 450],
  ])('runs from the last PING (%j)', (pingsAt, givenUpAt) => {
    const wire = new Wire(false);
    for (let now = 0; now < 1000; now += 1) {
      if (pingsAt.includes(now)) {
        wire.beat.heard();
        wire.beat.pinged(300);
      }
      clock.advance(1);
    }
    expect(wire.givenUp?.at).toBe(givenUpAt);
  });

  it('does not run out while this side does not read, but again once it does', () => {
    const wire = new Wire(false);
    wire.readPaused = true;
    wire.beat.heard();
    wire.beat.pinged(100);
    clock.advance(250);
    expect(wire.givenUp).toBeUndefined();
    wire.readPaused = false;
    clock.advance(50);
    expect(wire.givenUp?.at).toBe(300);
  });
});

describe('a side that is behind with reading', () => {
  it('says that it lives, to a peer that sends PINGs', () => {
    const wire = new Wire(false);
    wire.beat.pinged(0);
    wire.stopReading();
    clock.advance(220);
    expect(wire.pongsAt).toEqual([50, 100, 150, 200]);
    wire.readAgain();
    clock.advance(200);
    expect(wire.pongsAt).toHaveLength(4);
    expect(clock.timerCount).toBe(0);
  });

  it('says it four times in the interval of the peer', () => {
    const wire = new Wire(false);
    wire.beat.pinged(0);
    clock.advance(80);
    wire.beat.pinged(0);
    wire.stopReading();
    clock.advance(60);
    expect(wire.pongsAt).toEqual([50, 100, 120, 140]);
  });

  it('says it where it has named a time of its own', () => {
    const wire = new Wire({ timeoutMs: 0, ttlMs: 300 });
    wire.stopReading();
    clock.advance(60);
    expect(wire.pongsAt).toEqual([50]);
  });

  it('says nothing to a peer that does not want to know: it may be gone, and what it has left must be read', () => {
    const wire = new Wire({ timeoutMs: 0 });
    wire.stopReading();
    clock.advance(1000);
    expect(wire.pongsAt).toEqual([]);
    expect(wire.pingsAt).toEqual([0]);
  });
});

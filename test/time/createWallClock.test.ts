import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createWallClock } from '../../src/time/createWallClock.js';

/** A machine whose clocks stand still until they are moved. All in ms. */
class Machine {
  monotonic = 123.25;
  system = 1_800_000_000_000;
  readonly clock: () => bigint;

  constructor(originMs?: number) {
    this.clock = createWallClock(
      () => this.monotonic,
      () => Math.floor(this.system),
      originMs,
    );
  }

  pass(ms: number): void {
    this.monotonic += ms;
    this.system += ms;
  }

  /** The reading in ms since the system clock stood at 1,800,000,000,000. */
  read(): number {
    return Number(this.clock() - 1_800_000_000_000_000_000n) / 1e6;
  }
}

it('starts at the system clock and runs finely with the monotonic one', () => {
  const machine = new Machine();
  expect(machine.read()).toBe(0);
  machine.pass(0.000_25);
  expect(machine.clock()).toBe(1_800_000_000_000_000_250n);
  machine.pass(1000);
  expect(machine.clock()).toBe(1_800_000_001_000_000_250n);
});

it('starts within the millisecond where the origin tells it', () => {
  // at 123.25 ms the origin says ...000.5, which the system clock's whole ms allows
  expect(new Machine(1_800_000_000_000 - 122.75).read()).toBe(0.5);
});

it.each([-5, 5, 3_600_000, NaN])('does not believe an origin that is off by %d ms', (off) => {
  expect(new Machine(1_800_000_000_000 - 123.25 + off).read()).toBe(0);
});

it('follows at once when the system clock is set forward', () => {
  const machine = new Machine();
  machine.pass(10);
  machine.system += 3_600_000;
  expect(machine.read()).toBe(3_600_010);
  machine.pass(0.5);
  expect(machine.read()).toBe(3_600_010.5);
});

it('follows a jump over decades, and is as fine as before', () => {
  const machine = new Machine();
  machine.system += 1e12;
  expect(machine.clock()).toBe(2_800_000_000_000_000_000n);
  machine.pass(0.000_1);
  expect(machine.clock()).toBe(2_800_000_000_000_000_100n);
});

it('runs at half speed when the system clock is set back, until that has caught up', () => {
  const machine = new Machine();
  machine.pass(2000);
  expect(machine.read()).toBe(2000);
  machine.system -= 1001;
  expect(machine.read()).toBe(2000); // 1000 ms ahead, not counting the 1 ms that the system clock does not tell
  for (const ms of [100, 300, 600, 998]) {
    machine.pass(ms);
    machine.clock();
  }
  expect(machine.read()).toBe(2999); // 1998 ms later
  machine.pass(2);
  expect(machine.read()).toBe(3000); // it has caught up
  machine.pass(50);
  expect(machine.read()).toBe(3050);
});

it('catches up within one long pause', () => {
  const machine = new Machine();
  machine.pass(500);
  machine.read();
  machine.system -= 101;
  machine.pass(10_000);
  expect(machine.read()).toBe(10_400);
});

it('follows a step forward while it is being slowed', () => {
  const machine = new Machine();
  machine.system -= 10_000;
  machine.pass(100);
  expect(machine.read()).toBe(50);
  machine.system += 20_000;
  expect(machine.read()).toBe(10_100);
});

it('stays within a millisecond of a system clock that runs slower or faster', () => {
  for (const drift of [-200e-6, 200e-6]) {
    const machine = new Machine();
    for (let step = 0; step < 5000; step++) {
      machine.monotonic += 7.3;
      machine.system += 7.3 * (1 + drift);
      const off = machine.read() - Math.floor(machine.system - 1_800_000_000_000);
      expect(off).toBeGreaterThanOrEqual(-1e-6);
      expect(off).toBeLessThanOrEqual(1 + 1e-6);
    }
  }
});

it('never goes back, whatever the clocks do', () => {
  const step = fc.record({
    pass: fc.oneof(fc.double({ min: 0, max: 3000, noNaN: true }), fc.double({ min: 0, max: 0.01, noNaN: true })),
    set: fc.oneof(
      { weight: 3, arbitrary: fc.constant(0) },
      fc.double({ min: -5000, max: 5000, noNaN: true }),
      fc.double({ min: -1e11, max: 1e11, noNaN: true }),
    ),
    skew: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
    back: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.double({ min: 0, max: 5, noNaN: true })),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const machine = new Machine();
      let last = machine.clock();
      for (const { pass, set, skew, back } of steps) {
        const advance = pass * (1 + skew) - back; // `back`: a monotonic clock that breaks its word
        machine.monotonic += advance;
        machine.system += pass + set;
        const reading = machine.clock();
        expect(reading >= last).toBe(true);
        const behind = reading < BigInt(Math.floor(machine.system)) * 1_000_000n;
        if (advance >= 0.1) expect(behind).toBe(false); // in between it need not look at the system clock
        last = reading;
      }
    }),
    { numRuns: 1000 },
  );
});

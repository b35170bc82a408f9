import { describe, expect, it } from 'vitest';
import { TurnBudget, turnBudgetOf } from '../../src/time/TurnBudget.js';
import { FakeClock } from '../helpers/FakeClock.js';

describe('the budget', () => {
  it('is 4 ms from when the turn was opened', () => {
    const clock = new FakeClock();
    const turn = new TurnBudget(clock);
    expect(turn.spent).toBe(false);
    clock.spend(3.9);
    expect(turn.spent).toBe(false);
    clock.spend(0.1);
    expect(turn.spent).toBe(true);
    clock.spend(1000);
    expect(turn.spent).toBe(true);
  });

  it('does not count the time before somebody asked', () => {
    const clock = new FakeClock();
    const turn = new TurnBudget(clock);
    clock.spend(1000);
    expect(turn.spent).toBe(false);
  });

  it('is full again in the next turn', () => {
    const clock = new FakeClock();
    const turn = new TurnBudget(clock);
    for (let i = 0; i < 3; i += 1) {
      expect(turn.spent).toBe(false);
      clock.spend(5);
      expect(turn.spent).toBe(true);
      clock.turn();
    }
  });

  it('asks for one next turn, however often it is asked itself', () => {
    const clock = new FakeClock();
    const turn = new TurnBudget(clock);
    expect(clock.soonCount).toBe(0); // an idle socket costs no turn
    for (let i = 0; i < 10; i += 1) void turn.spent;
    expect(clock.soonCount).toBe(1);
    clock.turn();
    expect(clock.soonCount).toBe(0); // nor does one that has become idle
  });
});

describe('those who wait', () => {
  it('go on in the next turn, in the order of asking', () => {
    const clock = new FakeClock();
    const turn = new TurnBudget(clock);
    const went: string[] = [];
    void turn.spent;
    turn.wait(() => went.push('a'));
    turn.wait(() => went.push('b'));
    expect(went).toEqual([]);
    clock.turn();
    expect(went).toEqual(['a', 'b']);
    clock.turn();
    expect(went).toEqual(['a', 'b']); // once
  });

  it('take turns when each of them uses up the time', () => {
    const clock = new FakeClock();
    const turn = new TurnBudget(clock);
    const went: string[] = [];
    const busy = (name: string) => (): void => {
      void turn.spent;
      went.push(name);
      clock.spend(5);
      turn.wait(busy(name));
    };
    void turn.spent;
    for (const name of ['a', 'b', 'c']) turn.wait(busy(name));
    for (let i = 0; i < 9; i += 1) {
      clock.turn();
      expect(went).toHaveLength(i + 1); // one each turn: timers come in between
    }
    expect(went.join('')).toBe('abcabcabc');
  });

  it('share one turn when they are quick, and who is left over comes first', () => {
    const clock = new FakeClock();
    const turn = new TurnBudget(clock);
    const went: string[] = [];
    const quick = (name: string) => (): void => {
      void turn.spent;
      went.push(name);
      clock.spend(1.5);
      turn.wait(quick(name));
    };
    void turn.spent;
    for (const name of ['a', 'b', 'c', 'd', 'e']) turn.wait(quick(name));
    clock.turn();
    expect(went.join('')).toBe('abc'); // 4.5 ms
    clock.turn();
    expect(went.join('')).toBe('abcdea');
    clock.turn();
    expect(went.join('')).toBe('abcdeabcd');
  });

  it('are let in even when their turn begins late', () => {
    const clock = new FakeClock();
    const turn = new TurnBudget(clock);
    let went = false;
    void turn.spent;
    clock.spend(500);
    turn.wait(() => (went = true));
    clock.turn();
    expect(went).toBe(true);
  });
});

describe('those who read', () => {
  it('share the turn once there are two of them, and until there are fewer', () => {
    const clock = new FakeClock();
    const turn = new TurnBudget(clock);
    const shared: boolean[] = [];
    for (const readers of [1, 2, 1, 1, 0, 3]) {
      for (let i = 0; i < readers; i += 1) turn.join();
      shared.push(turn.shared);
      clock.turn();
    }
    expect(shared).toEqual([false, true, true, false, false, true]);
  });

  it('open the turn', () => {
    const clock = new FakeClock();
    const turn = new TurnBudget(clock);
    turn.join();
    expect(clock.soonCount).toBe(1);
    clock.spend(4);
    expect(turn.spent).toBe(true);
    const { id } = turn;
    clock.turn();
    expect(turn.id).toBe(id + 1);
  });
});

describe('turnOf', () => {
  it('gives one to all sockets of a clock, and another to another clock', () => {
    const [a, b] = [new FakeClock(), new FakeClock()];
    expect(turnBudgetOf(a)).toBe(turnBudgetOf(a));
    expect(turnBudgetOf(a)).not.toBe(turnBudgetOf(b));
    void turnBudgetOf(a).spent;
    a.spend(10);
    b.spend(10);
    expect(turnBudgetOf(a).spent).toBe(true);
    expect(turnBudgetOf(b).spent).toBe(false);
  });
});

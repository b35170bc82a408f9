import { expect, it, vi } from 'vitest';
import { Deadline } from '../../src/time/Deadline.js';
import { turnBudgetOf } from '../../src/time/TurnBudget.js';
import { FakeClock } from '../helpers/FakeClock.js';

function deadline() {
  const clock = new FakeClock();
  const reached = vi.fn(() => undefined);
  return { clock, reached, deadline: new Deadline(clock, reached) };
}

it('is reached once, when it is time', () => {
  const { clock, reached, deadline: end } = deadline();
  end.set(10);
  clock.advance(9);
  expect(reached).not.toHaveBeenCalled();
  expect(end.isSet).toBe(true);
  clock.advance(1);
  expect(reached).toHaveBeenCalledOnce();
  expect(end.isSet).toBe(false);
  clock.advance(100);
  expect(reached).toHaveBeenCalledOnce();
});

it('is put off any number of times with one timer', () => {
  const { clock, reached, deadline: end } = deadline();
  const after = vi.spyOn(clock, 'after');
  for (let i = 0; i < 9; i += 1) {
    end.set(10);
    clock.advance(1);
  }
  expect(after).toHaveBeenCalledOnce();
  clock.advance(8);
  expect(reached).not.toHaveBeenCalled();
  clock.advance(1);
  expect(reached).toHaveBeenCalledOnce();
  expect(after).toHaveBeenCalledTimes(2);
});

it('can come earlier', () => {
  const { clock, reached, deadline: end } = deadline();
  end.set(100);
  end.set(10);
  clock.advance(10);
  expect(reached).toHaveBeenCalledOnce();
  expect(clock.timerCount).toBe(0);
});

it('is not reached once it is cleared, until it is set again', () => {
  const { clock, reached, deadline: end } = deadline();
  end.set(10);
  end.clear();
  clock.advance(5);
  end.set(10);
  clock.advance(9);
  expect(reached).not.toHaveBeenCalled();
  clock.advance(1);
  expect(reached).toHaveBeenCalledOnce();
});

it('leaves no timer behind when it is closed', () => {
  const { clock, reached, deadline: end } = deadline();
  end.set(10);
  end.close();
  expect(clock.timerCount).toBe(0);
  clock.advance(20);
  expect(reached).not.toHaveBeenCalled();
});

it('is put off by what the loop finds when it looks for I/O, after it was blocked', () => {
  const { clock, reached, deadline: end } = deadline();
  end.set(10);
  clock.spend(500);
  clock.soon(() => end.set(10)); // it had come long before
  clock.turn();
  expect(reached).not.toHaveBeenCalled();
  clock.advance(10);
  expect(reached).toHaveBeenCalledOnce();
});

it('waits for those who had more to read than a turn has time, for as long again at the most', () => {
  const { clock, reached, deadline: end } = deadline();
  const turn = turnBudgetOf(clock);
  let behind = true;
  const goOn = (): void => {
    void turn.spent;
    if (behind) turn.wait(goOn);
  };
  goOn();
  end.set(10);
  clock.advance(15);
  expect(reached).not.toHaveBeenCalled();
  behind = false;
  clock.advance(3);
  expect(reached).toHaveBeenCalledOnce();
  behind = true;
  goOn();
  end.set(10);
  clock.advance(21);
  expect(reached).toHaveBeenCalledTimes(2);
});

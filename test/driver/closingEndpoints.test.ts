import { describe, expect, it } from 'vitest';
import { givingUp, whenGivenUp } from '../../src/driver/closingEndpoints.js';

function isFree(endpoint: string): boolean {
  let free = false;
  whenGivenUp(endpoint, () => (free = true));
  return free;
}

describe('closingEndpoints', () => {
  it.each([
    ['tcp://127.0.0.1:5555', 'tcp://*:5555'],
    ['tcp://[::]:5555', 'tcp://0.0.0.0:5555'],
    ['ws://127.0.0.1:5555/', 'tcp://*:5555'],
    ['ipc:///run/x', 'ipc:///run/x'],
    ['inproc://x', 'inproc://x'],
  ])('waits at %s for %s', (wanted, held) => {
    const freed = givingUp(held);
    let called = 0;
    whenGivenUp(wanted, () => (called += 1));
    expect(called).toBe(0);
    freed();
    expect(called).toBe(1);
    freed();
    expect(called).toBe(1);
    expect(isFree(wanted)).toBe(true);
  });

  it('waits for the last of several', () => {
    const first = givingUp('ipc:///run/y');
    const second = givingUp('ipc:///run/y');
    first();
    first();
    expect(isFree('ipc:///run/y')).toBe(false);
    second();
    expect(isFree('ipc:///run/y')).toBe(true);
  });

  it('does not wait for another port, path or name, nor for a wildcard', () => {
    const held = ['tcp://127.0.0.1:5556', 'ipc:///run/a', 'inproc://a'].map(givingUp);
    for (const wanted of ['tcp://127.0.0.1:5557', 'tcp://127.0.0.1:*', 'ipc:///run/b', 'inproc://b']) {
      expect(isFree(wanted)).toBe(true);
    }
    for (const freed of held) freed();
  });
});

import { describe, expect, it } from 'vitest';
import { givingUp, whenGivenUp } from '../../src/native/closingEndpoints.js';

describe('closingEndpoints', () => {
  it.each([
    ['tcp://127.0.0.1:5555', 'tcp://*:5555'],
    ['tcp://[::]:5555', 'tcp://0.0.0.0:5555'],
    ['ws://127.0.0.1:5555/', 'tcp://*:5555'],
    ['ipc:///run/x', 'ipc:///run/x'],
    ['inproc://x', 'inproc://x'],
  ])('waits at %s for %s', async (wanted, held) => {
    let free = (): void => undefined;
    givingUp(held, new Promise((resolve) => (free = resolve)));
    const waiting = whenGivenUp(wanted);
    expect(waiting).toBeDefined();
    free();
    await waiting;
    await Promise.resolve();
    expect(whenGivenUp(wanted)).toBeUndefined();
  });

  it('does not wait for another port, path or name, nor for a wildcard', () => {
    const never = new Promise<void>(() => undefined);
    for (const held of ['tcp://127.0.0.1:5556', 'ipc:///run/a', 'inproc://a']) givingUp(held, never);
    for (const wanted of ['tcp://127.0.0.1:5557', 'tcp://127.0.0.1:*', 'ipc:///run/b', 'inproc://b']) {
      expect(whenGivenUp(wanted)).toBeUndefined();
    }
  });
});

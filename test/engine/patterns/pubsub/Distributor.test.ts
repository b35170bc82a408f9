import { describe, expect, it } from 'vitest';
import { Distributor } from '../../../../src/engine/patterns/pubsub/Distributor.js';
import { FakeHost } from '../FakeHost.js';
import { bytes, FakePipe } from '../FakePipe.js';

const connected = (room: number) => Object.assign(new FakePipe({ room }), { connected: true });

describe('Distributor', () => {
  it('has all its pipes in one array, which is another when they change', () => {
    const distributor = new Distributor(new FakeHost(), false);
    const [a, b] = [connected(1), connected(1)];
    distributor.add(a);
    const one = distributor.pipes;
    expect(distributor.pipes).toBe(one);
    distributor.add(b);
    const two = distributor.pipes;
    distributor.remove(a);
    distributor.remove(a);
    expect([one, two, distributor.pipes]).toEqual([[a], [a, b], [b]]);
  });

  it('leaves out who has no room, and says so once a message', () => {
    const host = new FakeHost();
    const distributor = new Distributor(host, false);
    const pipes = [connected(2), connected(0), connected(1), connected(0)];
    expect(distributor.send(pipes, [bytes('x')], false)).toBe(true);
    expect(distributor.send(pipes.slice(0, 1), [bytes('y')], false)).toBe(true);
    expect(pipes.map(({ sent }) => sent)).toEqual([[['x'], ['y']], [], [['x']], []]);
    expect(host.drops.map(({ count }) => count)).toEqual([2]);
  });

  it('sends to all or none where nothing may be dropped', () => {
    const host = new FakeHost();
    const distributor = new Distributor(host, true);
    const pipes = [connected(2), connected(0)];
    expect(distributor.send(pipes, [bytes('x')], false)).toBe(false);
    expect(pipes.map(({ sent }) => sent)).toEqual([[], []]);
    expect([distributor.unblocks(pipes[0]!), distributor.unblocks(pipes[1]!), distributor.unblocks(pipes[1]!)]).toEqual(
      [false, true, false],
    );
    expect(host.drops).toEqual([]);
  });
});

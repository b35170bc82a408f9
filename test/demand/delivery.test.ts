import { bufferCount, map, type Observable, share, Subject, switchMap, tap } from 'rxjs';
import { align, bounded, type Frame, fromIterable, iterate, latest, pacedMap, reblock, tee, teeBy } from 'rxzmq';
import { describe, expect, it, vi } from 'vitest';
import type { Delivery } from '../../src/demand/Delivery.js';
import { deliver } from '../../src/demand/deliver.js';
import { slot } from '../../src/demand/slot.js';
import { takeDelivery } from '../../src/demand/takeDelivery.js';
import { operate } from '../../src/rx/operate.js';
import { counted } from '../helpers/signals.js';
import { Mail } from './Mail.js';
import { Stage } from './stages.js';

vi.mock('../../src/rx/defaultClock.js', async () => ({
  defaultClock: (await import('./stages.js')).standing, // a slow machine must not end a turn
}));

/** A consumer that has a value until a test takes it off its hands: what a sink is. */
class Hands {
  readonly held: { readonly value: unknown; readonly delivery: Delivery | null }[] = [];

  readonly take = <T>(source: Observable<T>): Observable<T> =>
    source.pipe(
      operate<T, T>((out) => ({
        next: (value) => {
          this.held.push({ value, delivery: takeDelivery() });
          out.next(value);
        },
        complete: () => out.complete(),
        hasRoom: () => true,
      })),
    );

  free(): void {
    this.held.shift()!.delivery!.done();
  }
}

describe('a delivery is settled', () => {
  it('when next has returned, if nobody took it', () => {
    const mail = new Mail<number>();
    const during: number[] = [];
    mail.values.pipe(map((n) => n * 2)).subscribe(() => during.push(mail.settled.length));
    mail.give(1, 2);
    expect(mail.settled).toEqual([1, 2]);
    expect(during).toEqual([0, 1]); // not before
  });

  it('when who took it is done, and once', () => {
    const [mail, hands] = [new Mail<number>(), new Hands()];
    mail.values.pipe(hands.take, hands.take).subscribe();
    mail.give(1);
    expect(mail.settled).toEqual([]);
    hands.free();
    expect(mail.settled).toEqual([]);
    hands.free();
    expect(mail.settled).toEqual([1]);
  });

  it('never, where next throws', () => {
    const settled: string[] = [];
    expect(() =>
      deliver(
        () => settled.push('x'),
        () => {
          throw new Error('failure');
        },
      ),
    ).toThrow('failure');
    expect(settled).toEqual([]);
    expect(slot.delivery).toBeNull();
  });

  it('for each subscriber of a share that took it', () => {
    const [mail, one, other] = [new Mail<number>(), new Hands(), new Hands()];
    const shared = mail.values.pipe(share());
    shared.pipe(one.take).subscribe();
    shared.pipe(other.take).subscribe();
    mail.give(1);
    one.free();
    expect(mail.settled).toEqual([]);
    other.free();
    expect(mail.settled).toEqual([1]);
  });
});

describe('pacedMap is done with it', () => {
  /** Inner streams by value. */
  const work = (): [(value: number) => Subject<string>, Map<number, Subject<string>>] => {
    const running = new Map<number, Subject<string>>();
    return [(value) => running.set(value, new Subject()).get(value)!, running];
  };

  it('when the inner stream has ended', () => {
    const mail = new Mail<number>();
    const [project, running] = work();
    mail.values.pipe(pacedMap(project, { concurrency: 2 })).subscribe();
    mail.give(1, 2);
    running.get(1)!.next('a');
    expect(mail.settled).toEqual([]);
    running.get(1)!.complete();
    expect(mail.settled).toEqual([1]);
  });

  it('for what waits for a place as well', () => {
    const mail = new Mail<number>();
    const [project, running] = work();
    mail.values.pipe(pacedMap(project)).subscribe();
    mail.give(1, 2);
    running.get(1)!.complete();
    expect(mail.settled).toEqual([1]);
    running.get(2)!.complete();
    expect(mail.settled).toEqual([1, 2]);
  });

  it('when its results had their turn, in order, and who took those is done too', () => {
    const [mail, hands] = [new Mail<number>(), new Hands()];
    const [project, running] = work();
    mail.values.pipe(pacedMap(project, { concurrency: 2 }), hands.take).subscribe();
    mail.give(1, 2);
    running.get(2)!.next('b');
    running.get(2)!.complete();
    expect([hands.held.length, mail.settled]).toEqual([0, []]);
    running.get(1)!.complete(); // which lets the other's result go
    expect([hands.held.length, mail.settled]).toEqual([1, [1]]);
    hands.free();
    expect(mail.settled).toEqual([1, 2]);
  });

  it.each([true, false])('never, when the inner stream has failed (ordered: %s)', (ordered) => {
    const mail = new Mail<number>();
    const [project, running] = work();
    mail.values.pipe(pacedMap(project, { ordered })).subscribe({ error: () => undefined });
    mail.give(1);
    running.get(1)!.error(new Error('failure'));
    expect(mail.settled).toEqual([]);
  });

  it('does not take what its results bring about for its own', () => {
    const [mail, other] = [new Mail<number>(), new Mail<string>()];
    const [project, running] = work();
    const hands = new Hands();
    other.values.pipe(hands.take).subscribe();
    mail.values
      .pipe(
        pacedMap(project),
        tap((text) => other.give(text)),
      )
      .subscribe();
    mail.give(1);
    running.get(1)!.next('a');
    running.get(1)!.complete();
    expect(mail.settled).toEqual([1]);
    expect(other.settled).toEqual([]);
    hands.free();
    expect(other.settled).toEqual(['a']);
  });
});

describe('a buffer is done with it', () => {
  it('once its consumer has the value, and is done', () => {
    const [mail, stage, hands] = [new Mail<number>(), new Stage(1), new Hands()];
    mail.values.pipe(bounded(5), hands.take, stage.take()).subscribe();
    mail.give(1, 2);
    expect(hands.held.map(({ value }) => value)).toEqual([1]);
    hands.free();
    expect(mail.settled).toEqual([1]);
    stage.give();
    expect(hands.held.map(({ value }) => value)).toEqual([2]);
    hands.free();
    expect(mail.settled).toEqual([1, 2]);
  });

  it.each([
    ['latest', latest<number>(), [1, 2]],
    ['bounded, drop-oldest', bounded<number>(1, 'drop-oldest'), [1, 2]],
    ['bounded, drop-newest', bounded<number>(1, 'drop-newest'), [1, 3]],
  ])('when it drops the value: %s', (_, operator, settled) => {
    const [mail, stage] = [new Mail<number>(), new Stage(1)];
    mail.values.pipe(operator, stage.take()).subscribe();
    mail.give(1, 2, 3);
    expect(mail.settled).toEqual(settled);
    stage.give();
    expect([...mail.settled].sort()).toEqual([1, 2, 3]);
  });
});

describe('other consumers are done with it', () => {
  it('tee: when all of its branches are, and what it feeds', () => {
    const [mail, one, other, below] = [new Mail<number>(), new Hands(), new Hands(), new Hands()];
    mail.values.pipe(tee(one.take, other.take), below.take).subscribe();
    mail.give(1);
    one.free();
    other.free();
    expect(mail.settled).toEqual([]);
    below.free();
    expect(mail.settled).toEqual([1]);
  });

  it('tee: what is emitted late belongs to its own message', () => {
    const [mail, slow, below] = [new Mail<number>(), new Stage(1), new Hands()];
    mail.values.pipe(tee(slow.take()), below.take).subscribe();
    mail.give(1, 2);
    slow.give(5);
    expect(below.held.map(({ value }) => value)).toEqual([1, 2]);
    expect(mail.settled).toEqual([]);
    below.free();
    expect(mail.settled).toEqual([1]);
    below.free();
    expect(mail.settled).toEqual([1, 2]);
  });

  it('teeBy: when the branch of its key is', () => {
    const [mail, hands] = [new Mail<number>(), new Hands()];
    mail.values
      .pipe(
        teeBy(
          (n) => n % 2,
          (odd) => (odd ? hands.take : map((n: number) => n)),
        ),
      )
      .subscribe();
    mail.give(1, 2);
    expect(mail.settled).toEqual([2]);
    hands.free();
    expect(mail.settled).toEqual([2, 1]);
  });

  it('iterate: when the next value is asked for', async () => {
    const mail = new Mail<number>();
    const iteration = iterate(mail.values);
    const first = iteration.next();
    mail.give(1, 2);
    await first;
    expect(mail.settled).toEqual([]);
    await iteration.next();
    expect(mail.settled).toEqual([1]);
    await iteration.return!();
    expect(mail.settled).toEqual([1]); // the body may have failed
  });

  it('reblock: when the blocks are that its samples went into', () => {
    const [mail, hands] = [new Mail<Frame>(), new Hands()];
    const frames = [0, 1, 2].map((sequence) => counted([sequence * 2, sequence * 2 + 1], { sequence }));
    mail.values.pipe(reblock(3), hands.take).subscribe();
    mail.give(...frames);
    expect(hands.held).toHaveLength(2); // 0 1 2 and 3 4 5
    hands.free();
    expect(mail.settled).toEqual([frames[0]]);
    hands.free();
    expect(mail.settled).toEqual(frames);
  });

  it('reblock: a frame of many blocks with the last of them', () => {
    const [mail, hands] = [new Mail<Frame>(), new Hands()];
    mail.values.pipe(reblock(2), hands.take).subscribe();
    mail.give(counted([0, 1, 2, 3]));
    hands.free();
    expect(mail.settled).toEqual([]);
    hands.free();
    expect(mail.settled).toHaveLength(1);
  });

  it('align: when the pairs are that its samples went into', () => {
    const [one, other, hands] = [new Mail<Frame>(), new Mail<Frame>(), new Hands()];
    const at = (fromMs: number, values: number[], sequence: number): Frame =>
      counted(values, { timestampNs: BigInt(fromMs) * 1_000_000n, sampleRate: 1000, sequence });
    align(one.values, other.values).pipe(hands.take).subscribe();
    one.give(at(0, [0, 1, 2, 3], 0));
    other.give(at(0, [0, 1], 0));
    expect(other.settled).toEqual([]);
    hands.free();
    expect([one.settled.length, other.settled.length]).toEqual([0, 1]); // half of it still waits
    other.give(at(2, [2, 3], 1));
    hands.free();
    expect([one.settled.length, other.settled.length]).toEqual([1, 2]);
  });
});

describe('what cannot be followed is settled when next has returned', () => {
  it.each([
    ['what waits in bufferCount', bufferCount(2)],
    ['what is subscribed later', switchMap(() => new Subject())],
  ])('%s', (_, operator) => {
    const [mail, hands] = [new Mail<number>(), new Hands()];
    mail.values.pipe(operator as never, hands.take).subscribe();
    mail.give(1);
    expect(mail.settled).toEqual([1]);
  });
});

it('reads and wake-ups that a delivery brings about have none of it', () => {
  const [mail, hands, stage] = [new Mail<number>(), new Hands(), new Stage(0)];
  fromIterable(['x']).pipe(hands.take, stage.take()).subscribe();
  mail.values.subscribe(() => stage.give());
  mail.give(1);
  expect(hands.held).toEqual([{ value: 'x', delivery: null }]);
  expect(mail.settled).toEqual([1]);
});

import { describe, expect, it } from 'vitest';
import { PipeUnions } from '../../../../src/engine/patterns/pubsub/PipeUnions.js';
import { FakePipe } from '../FakePipe.js';

const pipes = (count: number) => Array.from({ length: count }, () => new FakePipe());

describe('PipeUnions', () => {
  it('has each pipe once', () => {
    const [a, b, c] = pipes(3) as [FakePipe, FakePipe, FakePipe];
    expect(new PipeUnions().of([a, b], [b, c])).toEqual([a, b, c]);
  });

  it('gives the same array for the same two', () => {
    const unions = new PipeUnions();
    const [a, b] = [pipes(2), pipes(2)];
    const union = unions.of(a, b);
    expect(unions.of(a, b)).toBe(union);
    unions.clear();
    expect(unions.of(a, b)).not.toBe(union);
    expect(unions.of(a, b)).toEqual(union);
  });

  it('gives one of the two if that has all', () => {
    const unions = new PipeUnions();
    const all = pipes(3);
    const some = all.slice(1);
    expect([unions.of(all, some), unions.of(some, all), unions.of(all, all)]).toEqual([all, all, all]);
    expect(unions.of(some, all)).toBe(all);
    expect(unions.of([], some)).toBe(some);
    expect(unions.of(some, [])).toBe(some);
  });

  it('forgets when what it keeps gets too much', () => {
    const unions = new PipeUnions();
    const all = pipes(1000);
    const one = pipes(1);
    const first = unions.of(all, one);
    for (let count = 0; count < 998; count += 1) unions.of(all, pipes(1));
    expect(unions.of(all, one)).toBe(first);
    unions.of(all, pipes(1));
    expect(unions.of(all, one)).not.toBe(first);
  });
});

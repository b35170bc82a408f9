import { describe, expect, it } from 'vitest';
import { type Contestant, interleave, type Opener } from '../../bench/runner/interleave.js';

/** A contestant that writes down what happens to it. */
function recorded(name: string, log: string[], measure = () => name): Opener<string> {
  return async () => {
    log.push(`open ${name}`);
    const contestant: Contestant<string> = {
      measure: async () => {
        log.push(name);
        return measure();
      },
      close: async () => {
        log.push(`close ${name}`);
      },
    };
    return contestant;
  };
}

describe('interleave', () => {
  it('measures in turn, the other way about in every other round, after two rounds that do not count', async () => {
    const log: string[] = [];
    const measured = await interleave(
      { a: recorded('a', log), b: recorded('b', log) },
      { generations: 1, budgetMs: 0 },
    );

    expect(log).toEqual(['open a', 'open b', 'a', 'b', 'b', 'a', 'a', 'b', 'b', 'a', 'close a', 'close b']);
    expect(measured).toEqual({ a: ['a', 'a'], b: ['b', 'b'] });
  });

  it('starts everything anew for each generation', async () => {
    const log: string[] = [];
    const { a } = await interleave({ a: recorded('a', log) }, { generations: 3, budgetMs: 0 });

    expect(log.filter((entry) => entry === 'open a')).toHaveLength(3);
    expect(log.filter((entry) => entry === 'close a')).toHaveLength(3);
    expect(a).toHaveLength(6);
  });

  it('closes what it opened when one fails', async () => {
    const log: string[] = [];
    const failing = recorded('b', log, () => {
      throw new Error('no');
    });

    await expect(interleave({ a: recorded('a', log), b: failing }, { generations: 1, budgetMs: 0 })).rejects.toThrow(
      'no',
    );
    expect(log.slice(-2)).toEqual(['close a', 'close b']);
  });
});

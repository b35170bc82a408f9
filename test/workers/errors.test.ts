import { lastValueFrom, of, toArray } from 'rxjs';
import { pathToFileURL } from 'node:url';
import { CloneError, offload, StageError } from 'rxzmq/workers';
import { describe, expect, it } from 'vitest';
import { collect } from '../helpers/collect.js';
import { builtStages, type Name } from './stages.js';
import type { Act } from './stages/act.js';

const built = builtStages();
type Module = typeof import('./stages/act.js');
const act = () => offload<Module>(built('act'));
const errorOf = (one: Act) => collect(of(one).pipe(act())).error;

describe('what a stage throws', () => {
  it('keeps its name, message, stack, and the language’s own class', async () => {
    const error = (await errorOf({ do: 'throw', kind: 'range' })) as RangeError;
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toBe('too far');
    expect(error.stack).toMatch(/RangeError: too far\n.*act\.mjs/);
    expect(Object.keys(error)).toEqual([]);
  });

  it('keeps the name, the code and the fields of a class of its own, but for what cannot be copied', async () => {
    const error = (await errorOf({ do: 'throw', kind: 'own' })) as Error;
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'OwnError', message: 'mine', code: 'ERR_OWN', where: { row: 3 } });
    expect(error).not.toHaveProperty('undo');
    expect(String(error)).toBe('OwnError: mine');
  });

  it('keeps its cause, and the cause of that', async () => {
    const error = (await errorOf({ do: 'throw', kind: 'cause' })) as Error;
    expect(error.cause).toBeInstanceOf(TypeError);
    expect((error.cause as Error).message).toBe('inner');
    expect((error.cause as Error).cause).toBe('innermost');
    expect(Object.keys(error)).toEqual([]);
  });

  it('keeps the errors of an AggregateError', async () => {
    const error = (await errorOf({ do: 'throw', kind: 'many' })) as AggregateError;
    expect(error).toBeInstanceOf(AggregateError);
    expect(error.message).toBe('both');
    expect(error.errors).toEqual([new TypeError('one'), 2]);
  });

  it('need not be an error', async () => {
    expect(await errorOf({ do: 'throw', kind: 'text' })).toBe('a text');
    expect(await errorOf({ do: 'throw', kind: 'object' })).toEqual({ a: [1n] });
    expect(await errorOf({ do: 'throw', kind: 'function' })).toBe('[object Object]');
  });

  it('is an error of the stream, not the death of a worker, however odd it is', async () => {
    const lost: unknown[] = [];
    const oddError = (kind: 'getter' | 'texts' | 'revoked') =>
      collect(
        of<Act>({ do: 'throwOdd', kind }).pipe(offload<Module>(built('act'), { onLost: (one) => lost.push(one) })),
      ).error;
    expect(await oddError('getter')).toMatchObject({ name: 'RangeError', message: 'odd' });
    expect(await oddError('texts')).toMatchObject({ name: 'Symbol(odd)', message: '() => 1' });
    expect(await oddError('revoked')).toBe('an exception that cannot be read');
    expect(lost).toEqual([]);
  });

  it('comes of a Promise, a generator and an Observable as well, after the results before it', async () => {
    expect(await errorOf({ do: 'reject' })).toMatchObject({ name: 'RangeError', message: 'rejected' });
    for (const how of ['generator', 'observable'] as const) {
      const got = collect(of<Act>({ do: 'throwAfter', how }).pipe(act()));
      expect(await got.error).toMatchObject({ message: 'failure' });
      expect(got.values, how).toEqual([1]);
    }
  });
});

describe('what cannot be copied', () => {
  it.each([
    ['the value.value', () => 1],
    ['the value.value.meta.onClick', { meta: { onClick: () => 1 }, ok: new Float32Array(2) }],
    ['the value.value[1]["a b"]', [1, { 'a b': Symbol('x') }]],
    [
      'the value.value (value 2 of the Map)',
      new Map<number, unknown>([
        [1, 1],
        [2, () => 1],
      ]),
    ],
    ['the value.value (item 1 of the Set).then', new Set([{ then: () => 1 }])],
    ['the value.value.later', { later: Promise.resolve() }],
  ])('is told by its place and the stage: %s', async (place, value) => {
    const error = (await errorOf({ do: 'give', value })) as CloneError;
    expect(error).toBeInstanceOf(CloneError);
    expect(error).toMatchObject({ code: 'ERR_CLONE', place, stage: built('act').href });
    expect(error.message).toMatch(`offload: ${place} cannot be copied to act.mjs: `);
    expect((error.cause as Error).name).toBe('DataCloneError');
  });

  it('is found in a circle, and where memory is gone', async () => {
    const circle: Record<string, unknown> = { bad: () => 1 };
    circle['self'] = { circle };
    expect(await errorOf({ do: 'give', value: { circle } })).toMatchObject({ place: 'the value.value.circle.bad' });
    const gone = new Uint8Array(8);
    structuredClone(gone, { transfer: [gone.buffer] });
    expect(await errorOf({ do: 'give', value: [gone] })).toMatchObject({
      code: 'ERR_CLONE',
      place: 'the value.value[0]',
    });
  });

  it('is told of results too', async () => {
    const error = (await errorOf({ do: 'function' })) as CloneError;
    expect(error).toBeInstanceOf(CloneError);
    expect(error.message).toMatch('offload: the result.deep[0].call cannot be copied from act.mjs: ');
    const got = collect(of<Act>({ do: 'functionOfMany' }).pipe(act()));
    expect(await got.error).toMatchObject({ place: 'the result.call' });
    expect(got.values).toEqual([1]);
  });

  it('is told of what throws when it is read', async () => {
    for (const how of ['value', 'observable'] as const) {
      expect(await errorOf({ do: 'unreadable', how }), how).toMatchObject({
        code: 'ERR_CLONE',
        message: 'offload: the result.x cannot be copied from act.mjs: do not read',
      });
    }
    const unreadable = Object.defineProperty({}, 'x', {
      enumerable: true,
      get: () => {
        throw new Error('do not read');
      },
    });
    expect(await errorOf({ do: 'give', value: unreadable })).toMatchObject({
      code: 'ERR_CLONE',
      place: 'the value.value.x',
    });
  });

  it('is told of the settings', async () => {
    const settings = { taps: [() => 1] };
    const error = await collect(of<Act>({ do: 'nothing' }).pipe(offload<Module>(built('act'), { settings }))).error;
    expect(error).toBeInstanceOf(CloneError);
    expect(error).toMatchObject({ place: "option 'settings'.taps[0]" });
  });
});

describe('a stage that cannot be run', () => {
  const failing = (url: URL) => collect(of(1).pipe(offload(url, { workers: 2 }))).error as Promise<StageError>;

  it('since its file is missing', async () => {
    const url = pathToFileURL('/nowhere/stage.mjs');
    const error = await failing(url);
    expect(error).toBeInstanceOf(StageError);
    expect(error).toMatchObject({ code: 'ERR_STAGE', stage: url.href, cause: { code: 'ERR_MODULE_NOT_FOUND' } });
    expect(error.message).toMatch(`offload: ${url.href} cannot be loaded: Cannot find module`);
  });

  it('since it throws at load', async () => {
    const error = await failing(built('throwsAtLoad'));
    expect(error.message).toBe(`offload: ${built('throwsAtLoad').href} cannot be loaded: not today`);
    expect(error.cause).toBeInstanceOf(TypeError);
    expect((error.cause as Error).stack).toMatch('throwsAtLoad');
  });

  it.each<[Name, string]>([
    ['empty', 'nothing'],
    ['plain', 'another, default'],
  ])('since it has no stage: %s', async (name, names) => {
    const error = await failing(built(name));
    expect(error).toBeInstanceOf(StageError);
    expect(error.message).toBe(
      `offload: ${built(name).href} has no stage for its default export ` +
        `(export default stage(...), with stage of rxzmq/stage); it exports ${names}`,
    );
  });

  it('since it ends while it is loaded, which is no reason to replace it', async () => {
    const heard: unknown[] = [];
    const source = of(1).pipe(offload(built('exitsAtLoad'), { onLost: (error) => heard.push(error) }));
    expect(await collect(source).error).toMatchObject({
      code: 'ERR_WORKER',
      exitCode: 4,
      message: `offload: a worker of ${built('exitsAtLoad').href} has ended with exit code 4 before its stage was loaded`,
    });
    expect(heard).toEqual([]);
  });

  it('since Node does not take its options', async () => {
    const source = of(1).pipe(offload(built('same'), { execArgv: ['--no-such-option'] }));
    const error = (await collect(source).error) as StageError;
    expect(error).toBeInstanceOf(StageError);
    expect(error.message).toMatch('--no-such-option');
  });

  it('is told though no value has come', async () => {
    const { NEVER } = await import('rxjs');
    expect(await collect(NEVER.pipe(offload(built('empty')))).error).toBeInstanceOf(StageError);
  });
});

it('goes on after a value that it could not take, where somebody has caught the error', async () => {
  const { mergeMap, catchError } = await import('rxjs');
  const source = of<Act[]>({ do: 'give', value: () => 1 }, { do: 'give', value: 2 });
  const each = source.pipe(
    mergeMap((one) =>
      of(one).pipe(
        act(),
        catchError((error: unknown) => of((error as Error).name)),
      ),
    ),
    toArray(),
  );
  expect((await lastValueFrom(each)).sort()).toEqual([2, 'CloneError']);
});

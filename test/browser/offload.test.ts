import { expect, it } from 'vitest';
import { inBrowsers } from './inBrowsers.js';

const ALL = `rxjs.toArray()`;

inBrowsers((on) => {
  const offloaded = (source: string, options = '{}', rest = ALL, stage = '/stage.js'): Promise<unknown> =>
    on.run(
      `return rxjs.lastValueFrom(${source}.pipe(workers.offload(new URL('${stage}', location.href), ${options}), ${rest}))`,
    );
  const failed = (source: string, options = '{}', stage = '/stage.js'): Promise<unknown> =>
    on.run(
      `return rxjs.lastValueFrom(${source}.pipe(workers.offload(new URL('${stage}', location.href), ${options}), ${ALL}))
        .then(() => 'no error', ({ name, code, message, lost }) => ({ name, code, message, lost }))`,
    );

  it('runs a stage on workers of the page', async () => {
    await on.start();
    const values = `rxjs.range(0, 50).pipe(rxjs.map((value) => ({ do: value % 7 === 0 ? 'later' : 'give', value })))`;
    const all = Array.from({ length: 50 }, (_, i) => i);
    expect(await offloaded(values)).toEqual(all);
    expect(await offloaded(values, '{ workers: 3 }')).toEqual(all); // in the order of the values
    expect(await offloaded(`rxjs.of({ do: 'count' }, { do: 'count' })`, '{ settings: { gain: 2 } }')).toEqual([
      [1, { gain: 2 }],
      [2, { gain: 2 }],
    ]);
    for (const many of ['generator', 'asyncGenerator', 'observable'])
      expect(await offloaded(`rxjs.of({ do: '${many}', count: 3 }, { do: 'give', value: 'end' })`)).toEqual([
        0,
        1,
        2,
        'end',
      ]);
  });

  it('moves the memory of samples there and back', async () => {
    await on.start();
    expect(
      await on.run(`
        const samples = new Float32Array(4096).fill(3);
        const [result] = await rxjs.lastValueFrom(rxjs.of({ do: 'give', value: { samples } })
          .pipe(workers.offload(new URL('/stage.js', location.href), { transfer: true }), ${ALL}));
        return [samples.length, result.samples.constructor.name, result.samples.length, result.samples[4095]]`),
    ).toEqual([0, 'Float32Array', 4096, 3]);
  });

  it('reads its source no further than its workers are', async () => {
    await on.start();
    await on.run(`
      globalThis.read = 0;
      globalThis.gate = new rxjs.Subject();
      const values = function* () { for (let value = 0; value < 100; value += 1) { read += 1; yield { do: 'give', value }; } };
      rxzmq.fromIterable(values()).pipe(
        workers.offload(new URL('/stage.js', location.href)),
        rxzmq.pacedMap((value) => gate.pipe(rxjs.take(1), rxjs.map(() => value))),
      ).subscribe((value) => heard.push(value))`);
    await on.until('read > 0');
    expect(await offloaded(`rxjs.range(0, 20).pipe(rxjs.map((value) => ({ do: 'give', value })))`)).toHaveLength(20); // meanwhile
    expect(await on.run('return [read < 6, heard.length]')).toEqual([true, 0]);
    await on.run('setInterval(() => gate.next(), 0)');
    await on.until('heard.length === 100');
  });

  it('passes on what a stage throws, as it was', async () => {
    await on.start();
    expect(await failed(`rxjs.of({ do: 'reject' })`)).toMatchObject({ name: 'RangeError', message: 'rejected' });
    expect(await failed(`rxjs.of({ do: 'throw', kind: 'own' })`)).toMatchObject({ name: 'OwnError', code: 'ERR_OWN' });
    expect(await failed(`rxjs.of({ do: 'function' })`)).toMatchObject({
      code: 'ERR_CLONE',
      message: expect.stringContaining('the result.deep[0].call') as string,
    });
    expect(await failed(`rxjs.of({ do: 'give', value: () => 1 })`)).toMatchObject({
      code: 'ERR_CLONE',
      message: expect.stringContaining('the value.value') as string,
    });
    expect(await failed(`rxjs.of(1)`, '{ settings: { call: () => 1 } }')).toMatchObject({ code: 'ERR_CLONE' });
  });

  it('says what is wrong with a module', async () => {
    await on.start();
    expect(await failed('rxjs.of(1)', '{}', '/empty.js')).toMatchObject({
      code: 'ERR_STAGE',
      message: expect.stringContaining('it exports nothing') as string,
    });
    expect(await failed('rxjs.of(1)', '{}', '/away')).toMatchObject({ code: 'ERR_STAGE' }); // a page, no program
    for (const option of ['resourceLimits: {}', 'execArgv: []'])
      expect(await failed('rxjs.of(1)', `{ ${option} }`)).toMatchObject({ code: 'ERR_UNSUPPORTED' });
  });

  it.each(['throw', 'reject', 'close'])('tells of a worker that is gone: %s', async (how) => {
    await on.start();
    expect(await failed(`rxjs.of('${how}')`, '{}', '/crashing.js')).toMatchObject({
      code: 'ERR_WORKER',
      lost: [how],
      message: expect.stringContaining(how === 'close' ? 'ended' : 'too late') as string,
    });
    expect(
      await offloaded(
        `rxjs.of('live', '${how}', 'live')`,
        '{ onLost: (error) => heard.push(error.code) }',
        ALL,
        '/crashing.js',
      ),
    ).toEqual(['live', 'live']);
    expect(await on.run('return heard')).toEqual(['ERR_WORKER']);
  });
});

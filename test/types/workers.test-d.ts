import { from, type Observable, type OperatorFunction } from 'rxjs';
import { type Frame, fromPull } from 'rxzmq';
import { stage } from 'rxzmq/stage';
import { offload, type StageInput, type StageOutput, type StageSettings, type WorkerError } from 'rxzmq/workers';
import { describe, expectTypeOf, it } from 'vitest';

const url = 'file:///stage.js';
type Module<S> = { readonly default: S };

// Exported, since only their types are used.
export const scale = stage((frame: Frame<'cf32'>, gain: number) => frame.samples.map((x) => x * gain));
export const halve = stage((frame: Frame<'cf32'>) => ({ ...frame, sampleRate: frame.sampleRate / 2 }));
export const perhaps = stage(
  (value: string, settings: { size: number } | undefined) => value.length + (settings?.size ?? 0),
);
export const asks = stage(async (value: bigint) => String(value));
export const many = stage(function* (value: number) {
  yield String(value);
});
export const later = stage(async function* (value: number) {
  yield String(value);
});
export const observed = stage((value: number): Observable<string> => from(String(value)));
export const array = stage((value: number) => [value]);

describe('stage', () => {
  it('leaves a function what it is', () => {
    const scale = stage((frame: Frame<'cf32'>, gain: number) => frame.samples.map((x) => x * gain));
    expectTypeOf(scale).parameters.toEqualTypeOf<[frame: Frame<'cf32'>, gain: number]>();
    expectTypeOf(scale).returns.toEqualTypeOf<Float32Array<ArrayBuffer>>();
    // @ts-expect-error -- no function
    stage(1);
    // @ts-expect-error -- a stage gets a value and its settings
    stage((a: number, b: number, c: number) => a + b + c);
  });
});

describe('offload', () => {
  it('takes its types from the module of the stage, or from the stage', () => {
    expectTypeOf(offload<Module<typeof halve>>(url)).toExtend<OperatorFunction<Frame<'cf32'>, Frame<'cf32'>>>();
    expectTypeOf(offload<typeof halve>(url)).toExtend<OperatorFunction<Frame<'cf32'>, Frame<'cf32'>>>();
    expectTypeOf(offload<typeof import('../../examples/stages/channelizer.js')>(url, { settings: 8 })).toExtend<
      OperatorFunction<Frame<'cf32'>, { readonly samples: Float32Array; readonly streamId: number }>
    >();
    expectTypeOf(fromPull(url, { sampleType: 'cf32' }).pipe(offload<typeof halve>(url))).toExtend<
      Observable<Frame<'cf32'>>
    >();
    // @ts-expect-error -- frames of another type
    fromPull(url, { sampleType: 'ci16' }).pipe(offload<typeof halve>(url));
    // @ts-expect-error -- a function that is no stage
    offload<Module<(value: number) => number>>(url);
    expectTypeOf(offload(url)).toEqualTypeOf<OperatorFunction<unknown, unknown>>();
    expectTypeOf(offload(new URL(url), { settings: { any: 'thing' } })).toEqualTypeOf<
      OperatorFunction<unknown, unknown>
    >();
  });

  it('knows the results of Promises, generators and Observables; an array is one', () => {
    expectTypeOf<StageOutput<typeof asks>>().toEqualTypeOf<string>();
    expectTypeOf<StageOutput<typeof many>>().toEqualTypeOf<string>();
    expectTypeOf<StageOutput<typeof later>>().toEqualTypeOf<string>();
    expectTypeOf<StageOutput<typeof observed>>().toEqualTypeOf<string>();
    expectTypeOf<StageOutput<typeof array>>().toEqualTypeOf<number[]>();
    expectTypeOf<StageOutput<typeof scale>>().toEqualTypeOf<Float32Array<ArrayBuffer>>();
    expectTypeOf<StageInput<typeof asks>>().toEqualTypeOf<bigint>();
  });

  it('wants the settings that a stage needs, and no others', () => {
    offload<typeof scale>(url, { settings: 2, workers: 2, ordered: false, transfer: true });
    // @ts-expect-error -- it needs them
    offload<typeof scale>(url);
    // @ts-expect-error -- it needs them
    offload<typeof scale>(url, { workers: 2 });
    // @ts-expect-error -- a number
    offload<typeof scale>(url, { settings: 'loud' });
    offload<typeof perhaps>(url);
    offload<typeof perhaps>(url, { settings: { size: 1 } });
    offload<typeof halve>(url, { workers: 2 });
    // @ts-expect-error -- it has none
    offload<typeof halve>(url, { settings: 1 });
    expectTypeOf<StageSettings<typeof scale>>().toEqualTypeOf<number>();
    expectTypeOf<StageSettings<typeof halve>>().toEqualTypeOf<undefined>();
  });

  it('knows its options', () => {
    offload(url, {
      onLost: (error) => expectTypeOf(error).toEqualTypeOf<WorkerError>(),
      signal: new AbortController().signal,
      maxBuffered: 0,
      demand: null,
      resourceLimits: { maxOldGenerationSizeMb: 64 },
      execArgv: ['--enable-source-maps'],
    });
    // @ts-expect-error -- none of them
    offload(url, { wrokers: 2 });
    // @ts-expect-error -- a path is no URL object, nor a number
    offload(5);
  });
});

import type { EnvironmentProviders, InjectionToken, ResourceRef, Signal } from '@angular/core';
import { type Observable, of } from 'rxjs';
import { type Frame, json, type RequesterHandle, text } from 'rxzmq';
import {
  connectionState,
  type ConnectionState,
  drawFrames,
  provideRxzmq,
  provideRxzmqTesting,
  Rxzmq,
  subResource,
} from 'rxzmq/angular';
import { describe, expectTypeOf, it } from 'vitest';

declare const zmq: Rxzmq;
declare const frame: Frame<'cf32'>;
const path = () => '/iq';

describe('rxzmq/angular', () => {
  it('has the client as a token and as a type of one name', () => {
    expectTypeOf(Rxzmq).toEqualTypeOf<InjectionToken<Rxzmq>>();
    expectTypeOf(zmq.fromSub('/iq')).toEqualTypeOf<Observable<Frame>>();
    expectTypeOf(zmq.fromSub('/iq', { sampleType: 'cf32' })).toEqualTypeOf<Observable<Frame<'cf32'>>>();
    expectTypeOf(zmq.fromPull('/iq', { codec: text })).toEqualTypeOf<Observable<string>>();
    expectTypeOf(of(1).pipe(zmq.request('/t', { codec: json<number>() }))).toEqualTypeOf<Observable<number>>();
    expectTypeOf(zmq.requester('/t', { codec: json<number>() })).toEqualTypeOf<RequesterHandle<number, number>>();
    // @ts-expect-error -- no type parameter without a codec
    zmq.fromSub<number>('/iq');
  });

  it('gives resources as those of Angular', () => {
    expectTypeOf(subResource(path)).toEqualTypeOf<ResourceRef<Frame | undefined>>();
    expectTypeOf(subResource(path, {})).toEqualTypeOf<ResourceRef<Frame | undefined>>();
    expectTypeOf(subResource(path, { sampleType: 'cf32' })).toEqualTypeOf<ResourceRef<Frame<'cf32'> | undefined>>();
    expectTypeOf(subResource(path, { sampleType: 'cf32', defaultValue: frame })).toEqualTypeOf<
      ResourceRef<Frame<'cf32'>>
    >();
    expectTypeOf(subResource(path, { codec: text })).toEqualTypeOf<ResourceRef<string | undefined>>();
    expectTypeOf(subResource(path, { codec: text, defaultValue: '' })).toEqualTypeOf<ResourceRef<string>>();
    expectTypeOf(subResource(path, { codec: json<number>(), equal: (a, b) => a === b })).toEqualTypeOf<
      ResourceRef<number | undefined>
    >();
    expectTypeOf(subResource(() => undefined)).toEqualTypeOf<ResourceRef<Frame | undefined>>();
    // @ts-expect-error -- a function, as its signals are read
    subResource('/iq');
    // @ts-expect-error -- no type parameter without a codec
    subResource<number>(path);
  });

  it('draws what the source emits, and has states by name', () => {
    drawFrames(zmq.fromSub('/iq', { sampleType: 'ci8' }), ({ samples }) =>
      expectTypeOf(samples).toEqualTypeOf<Int8Array>(),
    );
    expectTypeOf(connectionState()).toExtend<Signal<ConnectionState>>();
    expectTypeOf(connectionState().reason()).toEqualTypeOf<string | undefined>();
    expectTypeOf<ConnectionState>().toEqualTypeOf<'idle' | 'connected' | 'connecting' | 'waiting' | 'refused'>();
  });

  it('provides', () => {
    expectTypeOf(
      provideRxzmq({ url: '/base', token: () => Promise.resolve('t') }),
    ).toEqualTypeOf<EnvironmentProviders>();
    expectTypeOf(provideRxzmqTesting({ sources: { '/iq': of(frame) } })).toEqualTypeOf<EnvironmentProviders>();
    // @ts-expect-error -- not a state
    provideRxzmqTesting({ state: 'away' });
  });
});

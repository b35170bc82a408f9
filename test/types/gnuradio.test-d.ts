import type { Observable, OperatorFunction } from 'rxjs';
import { type FrameOf, fromPull, fromSub, reply, request, type Served, toPub, toPush } from 'rxzmq';
import {
  gnuradio,
  type GnuRadioFrame,
  type GnuRadioFrameInput,
  type GnuRadioItems,
  type GnuRadioItemsInput,
  pdu,
  type Pdu,
  type PduInput,
  pmt,
  type Pmt,
  type PmtInput,
  type Tag,
} from 'rxzmq/gnuradio';
import { describe, expectTypeOf, it } from 'vitest';

const url = 'tcp://127.0.0.1:5555';

describe('gnuradio', () => {
  it('gives Frames of complex samples, with tags', () => {
    expectTypeOf(fromSub(url, { codec: gnuradio() })).toEqualTypeOf<Observable<GnuRadioFrame<'cf32'>>>();
    expectTypeOf(fromPull(url, { codec: gnuradio({ type: 'ci16', vlen: 1 }) })).toEqualTypeOf<
      Observable<GnuRadioFrame<'ci16'>>
    >();
    expectTypeOf<GnuRadioFrame<'cf32'>>().toExtend<FrameOf<'cf32'>>();
    expectTypeOf<GnuRadioFrame<'ci8'>['samples']>().toEqualTypeOf<Int8Array>();
    expectTypeOf<GnuRadioFrame['tags']>().toEqualTypeOf<readonly Tag[]>();
  });

  it('gives items for all else', () => {
    expectTypeOf(fromSub(url, { codec: gnuradio({ type: 'f32', key: 'a' }) })).toEqualTypeOf<
      Observable<GnuRadioItems<'f32'>>
    >();
    expectTypeOf(fromSub(url, { codec: gnuradio({ type: 'u8', vlen: 64 }) })).toEqualTypeOf<
      Observable<GnuRadioItems<'u8'>>
    >();
    expectTypeOf(fromSub(url, { codec: gnuradio({ vlen: 1024 }) })).toEqualTypeOf<Observable<GnuRadioItems<'cf32'>>>();
    expectTypeOf<GnuRadioItems<'i16'>['items']>().toEqualTypeOf<Int16Array>();
  });

  it('takes what it gives, and less', () => {
    expectTypeOf(toPub(url, { codec: gnuradio() })).toEqualTypeOf<
      OperatorFunction<GnuRadioFrameInput<'cf32'>, GnuRadioFrame<'cf32'>>
    >();
    expectTypeOf(toPush(url, { codec: gnuradio({ type: 'f32' }) })).toEqualTypeOf<
      OperatorFunction<GnuRadioItemsInput<'f32'>, GnuRadioItemsInput<'f32'>>
    >();
    expectTypeOf<GnuRadioFrame<'cf32'>>().toExtend<GnuRadioFrameInput<'cf32'>>();
    expectTypeOf<GnuRadioItems<'f32'>>().toExtend<GnuRadioItemsInput<'f32'>>();
    expectTypeOf<Float32Array>().toExtend<GnuRadioFrameInput<'cf32'>>();
    expectTypeOf<Int16Array>().not.toExtend<GnuRadioFrameInput<'cf32'>>();
  });

  it('asks with a number, and answers one', () => {
    expectTypeOf(request(url, { codec: gnuradio.request() })).toEqualTypeOf<
      OperatorFunction<number, GnuRadioFrame<'cf32'>>
    >();
    expectTypeOf(reply(url, (count) => new Float32Array(2 * count), { codec: gnuradio.reply() })).toEqualTypeOf<
      Observable<Served<number, GnuRadioFrame<'cf32'>>>
    >();
    // @ts-expect-error -- a request has no key
    gnuradio.request({ key: 'a' });
    // @ts-expect-error -- no type of items
    gnuradio({ type: 'complex' });
  });
});

describe('pmt', () => {
  it('reads values and writes more', () => {
    expectTypeOf(fromSub(url, { codec: pmt() })).toEqualTypeOf<Observable<Pmt>>();
    expectTypeOf(toPush(url, { codec: pmt() })).toEqualTypeOf<OperatorFunction<PmtInput, PmtInput>>();
    expectTypeOf<Pmt>().toExtend<PmtInput>();
    pmt().encode({ freq: 1, list: [1n, { a: pmt.tuple(1, 'b') }], data: new Uint8Array() });
    // @ts-expect-error -- GNU Radio has no value for it
    pmt().encode(new Date());
  });

  it('reads and writes PDUs', () => {
    expectTypeOf(fromSub(url, { codec: pdu() })).toEqualTypeOf<Observable<Pdu>>();
    expectTypeOf(toPush(url, { codec: pdu() })).toEqualTypeOf<OperatorFunction<PduInput, PduInput>>();
    expectTypeOf<Pdu>().toExtend<PduInput>();
  });

  it('asks with anything, and answers a number', () => {
    expectTypeOf(request(url, { codec: pmt.request() })).toEqualTypeOf<OperatorFunction<unknown, Pmt>>();
    expectTypeOf(reply(url, () => ({ freq: 1 }), { codec: pmt.reply() })).toEqualTypeOf<
      Observable<Served<number, PmtInput>>
    >();
  });
});

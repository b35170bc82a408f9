/** @jest-environment jsdom */
const { map, of } = require('rxjs');
const { frame, fromPull, fromSub, request, text, toPush } = require('rxzmq');
const { virtualTime } = require('rxzmq/testing');

it('runs where there is a document, with the files for browsers', () => {
  expect(typeof document).toBe('object');
  expect(() => fromPull('tcp://radio:5555')).toThrow(expect.objectContaining({ code: 'ERR_UNSUPPORTED' }));
});

it('is fed in virtual time', () =>
  virtualTime(({ feed, expectObservable }) => {
    feed('/iq', '-a-b', { a: 'one', b: 'two' }, { codec: text });
    const said = fromSub('/iq', { codec: text }).pipe(map((word) => word.toUpperCase()));
    expectObservable(said).toBe('-a-b', { a: 'ONE', b: 'TWO' });
  }));

it('is heard in virtual time', () =>
  virtualTime(({ run, expectEndpoint }) => {
    run(of('a', 'b').pipe(toPush('wss://radio.example/up', { codec: text })));
    expectEndpoint('wss://radio.example/up', { codec: text }).toBe('(ab)', { a: 'a', b: 'b' });
  }));

it('is answered in virtual time', () =>
  virtualTime(({ expectObservable, expectEndpoint }) => {
    const answers = of('x').pipe(request('/tune', { codec: text }));
    expectEndpoint('/tune', { codec: text, reply: (asked) => `${asked}!` }).toBe('a', { a: 'x' });
    expectObservable(answers).toBe('(a|)', { a: 'x!' });
  }));

it('makes frames of samples of its realm', () => {
  expect(frame(Float32Array.of(1, 2))).toMatchObject({ sampleType: 'cf32', samples: Float32Array.of(1, 2) });
});

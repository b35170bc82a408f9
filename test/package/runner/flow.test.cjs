const { delay, firstValueFrom, lastValueFrom, of, ReplaySubject, take } = require('rxjs');
const { fromPull, request, reply, toPub, toPush } = require('rxzmq');
const { decodeMessage, encodeMessage, message, userData } = require('rxzmq/savant');
const { frames, virtualTime } = require('rxzmq/testing');

const relay = () => fromPull('tcp://radio:5555').pipe(delay(2), toPub('tcp://*:5556'));

describe('a relay, in virtual time', () => {
  it('passes on', () =>
    virtualTime(({ run, feed, expectEndpoint }) => {
      run(relay());
      feed('tcp://radio:5555', 'a-b-c');
      expectEndpoint('tcp://*:5556').toBe('--a-b-c');
    }));

  it('does not pass on what it should not', () => {
    expect(() =>
      virtualTime(({ run, feed, expectEndpoint }) => {
        run(relay());
        feed('tcp://radio:5555', 'a', frames({ a: [1, 2] }));
        expectEndpoint('tcp://*:5556').toBe('--a', { a: [1, 3] });
      }),
    ).toThrow('samples[1] (Q of sample 0): expected 3, got 2');
  });

  it('takes the matchers of its runner', () =>
    virtualTime(({ feed, expectObservable }) => {
      feed('tcp://radio:5555', 'a');
      const a = expect.objectContaining({ sampleType: 'cf32', samples: expect.any(Float32Array) });
      expectObservable(fromPull('tcp://radio:5555')).toBe('a', { a });
    }));
});

describe('real sockets', () => {
  it('move a frame over tcp', async () => {
    const { endpoint, status } = listening();
    const received = firstValueFrom(fromPull('tcp://127.0.0.1:*', { bind: true, status }));
    const pushed = of(Float32Array.of(1, 2)).pipe(toPush(await firstValueFrom(endpoint), { bind: false }));
    await lastValueFrom(pushed);
    expect(await received).toMatchObject({ sampleType: 'cf32', samples: Float32Array.of(1, 2) });
  });

  it('ask and are answered', async () => {
    const { endpoint, status } = listening();
    const served = reply('tcp://127.0.0.1:*', (samples) => samples.map((x) => 2 * x), { codec, status }).subscribe();
    const asked = of([1, 2]).pipe(request(await firstValueFrom(endpoint), { codec }), take(1));
    expect(await lastValueFrom(asked)).toEqual([2, 4]);
    served.unsubscribe();
  });
});

/** An observer of statuses, and the endpoint that they tell. */
function listening() {
  const endpoint = new ReplaySubject(1);
  return { endpoint, status: (told) => told.kind === 'listening' && endpoint.next(told.endpoint) };
}

const codec = {
  encode: (value) => [new TextEncoder().encode(JSON.stringify(value))],
  decode: ([part]) => JSON.parse(new TextDecoder().decode(part)),
};

it('savant messages come back as they were', () => {
  const sent = message(userData('cam-1'));
  expect(decodeMessage(encodeMessage(sent)).payload).toEqual(sent.payload);
});

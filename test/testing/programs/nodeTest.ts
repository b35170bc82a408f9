import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { delay } from 'rxjs';
import { fromPull, toPub } from '../../../src/index.js';
import { frames, virtualTime } from '../../../src/testing/index.js';

const relay = () => fromPull('tcp://radio:5555').pipe(delay(2), toPub('tcp://*:5556'));

void describe('a relay', () => {
  void it('passes on', () =>
    virtualTime(({ run, feed, expectEndpoint }) => {
      run(relay());
      feed('tcp://radio:5555', 'a-b-c');
      expectEndpoint('tcp://*:5556').toBe('--a-b-c');
    }));

  void it('passes on what it should, says assert', () =>
    virtualTime(
      ({ cold, expectObservable }) => expectObservable(cold('a', { a: { list: [1] } })).toBe('a', { a: { list: [1] } }),
      { deepEqual: (actual, expected) => assert.deepEqual(actual, expected) },
    ));

  void it('fails where it does not', () => {
    assert.throws(
      () =>
        virtualTime(({ run, feed, expectEndpoint }) => {
          run(relay());
          feed('tcp://radio:5555', 'a', frames({ a: [1, 2] }));
          expectEndpoint('tcp://*:5556').toBe('--a', { a: [1, 3] });
        }),
      /samples\[1\] \(Q of sample 0\): expected 3, got 2/,
    );
  });
});

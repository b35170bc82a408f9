// #region main
import { delay, of } from 'rxjs';
import { json } from 'rxzmq';
import { virtualTime } from 'rxzmq/testing';
import { classify, type Signal } from './testing/flow.js';

const url = 'tcp://classifier:5557';
const codec = json<Signal>();
const signal = { mhz: 433.9, power: 16 };
const beacon = { ...signal, kind: 'beacon' };

// It answers after 5 ms.
virtualTime(({ cold, expectObservable, expectEndpoint }) => {
  expectObservable(cold('s', { s: signal }).pipe(classify(url))).toBe('5ms b', { b: beacon });
  expectEndpoint(url, { codec, reply: () => of(beacon).pipe(delay(5)) }).toBe('s', { s: signal });
});

// It does not answer: it is asked twice, 20 ms each.
virtualTime(({ cold, expectObservable, expectEndpoint }) => {
  const unknown = { ...signal, kind: 'unknown' };
  expectObservable(cold('s', { s: signal }).pipe(classify(url))).toBe('40ms u', { u: unknown });
  expectEndpoint(url, { codec }).toBe('s 19ms s', { s: signal });
});
console.log('asked, asked again, and given up in time');
// #endregion main

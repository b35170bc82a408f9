// #region main
import { json, topic } from 'rxzmq';
import { frames, virtualTime } from 'rxzmq/testing';
import { type Signal, watch } from './testing/flow.js';

const [radio, classifier, out] = ['tcp://radio:5555', 'tcp://classifier:5557', 'tcp://*:5556'];
const x = frames({ n: [2, 0, 0, 2], s: [8, 0, 0, 8] }, { centerFreq: 433.9e6 });
const signal = { mhz: 433.9, power: 16 };

virtualTime(({ run, feed, expectEndpoint }) => {
  run(watch(radio, classifier, out));
  feed(radio, 'n-n-s-n', x);
  expectEndpoint(classifier, { codec: json<Signal>(), reply: (asked) => ({ ...asked, kind: 'beacon' }) });
  expectEndpoint(out, { codec: topic(json<Signal>()) }).toBe('----b', {
    b: { topic: 'signals.beacon', value: { ...signal, kind: 'beacon' } },
  });
});
console.log('from the antenna to the subscriber in no time');
// #endregion main

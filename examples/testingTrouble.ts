// #region main
import { json, topic } from 'rxzmq';
import { frames, virtualTime } from 'rxzmq/testing';
import { type Signal, watch } from './testing/flow.js';

const [radio, classifier, out] = ['inproc://radio', 'tcp://classifier:5557', 'tcp://*:5556'];
const x = frames({ n: [2, 0, 0, 2], s: [8, 0, 0, 8] }, { centerFreq: 433.9e6 });

// The classifier cannot be reached, and the radio is away for a second: what it has to send waits.
virtualTime(({ run, feed, presence, expectEndpoint }) => {
  presence(classifier, '0');
  presence(radio, '1-0 999ms 1');
  run(watch(radio, classifier, out));
  feed(radio, 'n---s', x);
  expectEndpoint(out, { codec: topic(json<Signal>()) }).toBe('1042ms u', {
    u: { topic: 'signals.unknown', value: { mhz: 433.9, power: 16, kind: 'unknown' } },
  });
});
console.log('nothing is lost, and nothing waits for ever');
// #endregion main

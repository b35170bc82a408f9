import { convertSamples, fromPull, toPush } from 'rxzmq';
import { gnuradio } from 'rxzmq/gnuradio';
import { describe, expect, it } from 'vitest';
import { expectSeen, META, NUM_SAMPLES } from '../harness/expectations.js';
import { Peer } from '../harness/Peer.js';
import { pattern as dopplerPattern } from '../harness/patterns.js';
import { record, Statuses } from '../harness/record.js';
import { Flowgraph, hasGnuRadio, pattern } from './Flowgraph.js';

describe.skipIf(!hasGnuRadio)('a relay between doppler and GNU Radio', () => {
  it('doppler Push to pull_source', async () => {
    const push = Peer.start('push', '--type', 'cf64');
    const statuses = new Statuses();
    record(
      fromPull(await push.bound()).pipe(
        convertSamples('cf32'),
        toPush('tcp://127.0.0.1:*', { codec: gnuradio({ tags: true }), status: statuses }),
      ),
    );
    for (let seed = 0; seed < 20; seed += 1) push.order({ seed, numSamples: NUM_SAMPLES, ...META });
    const endpoint = await statuses.bound();
    const order = {
      block: 'pull_source',
      endpoint,
      itemType: 'complex',
      items: 20 * NUM_SAMPLES,
      passTags: true,
    } as const;

    const { items, tags } = await Flowgraph.start(order).next('received');
    const expected = Array.from({ length: 20 }, (_, seed) => [...dopplerPattern('cf64', seed, NUM_SAMPLES)]).flat();
    const got = new Float32Array(Uint8Array.from(Buffer.from(items, 'base64')).buffer);
    expect([...got]).toEqual(expected.map(Math.fround));
    expect(tags.slice(0, 3).map(({ key, offset }) => [key.value, offset])).toEqual([
      ['rx_rate', '0'],
      ['rx_freq', '0'],
      ['rx_time', '0'],
    ]);
    expect(tags[0]!.value).toEqual({ type: 'double', value: META.sampleRate });
    expect(tags[1]!.value).toEqual({ type: 'double', value: META.centerFreq });
  });

  it('push_sink to doppler Pull', async () => {
    const flowgraph = Flowgraph.start({
      block: 'push_sink',
      endpoint: 'tcp://127.0.0.1:*',
      itemType: 'complex',
      items: 10_000,
      passTags: true,
    });
    const statuses = new Statuses();
    const codec = gnuradio({ sampleRate: 1e6, centerFreq: 7e6 });
    const relayed = record(
      fromPull(await flowgraph.bound(), { codec }).pipe(
        convertSamples('cf64'),
        toPush('tcp://127.0.0.1:*', { status: statuses }),
      ),
    );
    const pull = Peer.start('pull', '--type', 'cf64', '--endpoint', await statuses.bound());

    const values: number[] = [];
    while (values.length < 20_000) {
      const seen = await pull.next('frame');
      const sent = await relayed.values.take();
      expectSeen(seen, sent);
      expect(seen.header).toMatchObject({ sample_rate: 1e6, center_freq: 7e6 });
      values.push(...new Float64Array(Uint8Array.from(Buffer.from(seen.samples, 'base64')).buffer));
    }
    expect(values).toEqual(pattern('complex', 0, 10_000));
  });
});

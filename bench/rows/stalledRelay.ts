import { setTimeout } from 'node:timers/promises';
import { targetOf } from '../runner/budgets.js';
import { Peer } from '../runner/Peer.js';
import { node } from '../runner/programs.js';
import type { Row } from '../runner/Row.js';

const PAYLOAD_BYTES = 2048;
const BEFORE = 1000;
const STALL_MS = 10_000;
const MIB = 2 ** 20;

/** What a relay takes up while its reader has stopped and its writer sends as fast as it can, and what it loses. */
export const stalledRelay: Row = {
  name: 'stalledRelay',
  title: 'A relay, fromPull to toPush, whose reader stops for 10 s while its writer runs at full rate',
  async run({ settings }) {
    const count = settings.quick ? 100_000 : 300_000;
    const peers: Peer[] = [];
    const start = (...[name, ...args]: Parameters<typeof node>): Peer => {
      const peer = Peer.start(node(name, ...args));
      peers.push(peer);
      return peer;
    };
    try {
      const writer = start('toPush', PAYLOAD_BYTES, 'false');
      const relay = start('relay', (await writer.next('bound')).endpoints[0]!);
      const reader = start('stopping', (await relay.next('bound')).endpoints[0]!, BEFORE, count);
      writer.order(count);
      await reader.next('ready');
      const before = (await relay.next('memory')).bytes;
      let most = before;
      let passed = 0;
      for (const end = performance.now() + STALL_MS; performance.now() < end; await setTimeout(0)) {
        const { bytes, seen } = await relay.next('memory');
        most = Math.max(most, bytes);
        passed = seen;
      }
      reader.order(1);
      const { payloadBytes: missed } = await reader.next('received');
      const growth = (most - before) / MIB;
      return [
        {
          label: 'growth of resident memory',
          size: PAYLOAD_BYTES,
          unit: 'MiB',
          median: growth,
          low: growth,
          high: growth,
          target: targetOf('stalledRelayMiB'),
          absolute: `${(before / MIB).toFixed(0)} MiB, then ${(most / MIB).toFixed(0)} MiB; ${passed} of ${count} had passed`,
        },
        {
          label: 'frames lost or out of order',
          size: PAYLOAD_BYTES,
          unit: 'frames',
          median: missed,
          low: missed,
          high: missed,
          target: targetOf('stalledRelayLost'),
          absolute: `${count} sent`,
        },
      ];
    } finally {
      for (const peer of peers.reverse()) await peer.stop();
    }
  },
};

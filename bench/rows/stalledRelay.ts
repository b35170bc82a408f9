import { setTimeout } from 'node:timers/promises';
import { targetOf } from '../runner/budgets.js';
import type { Driver } from '../runner/drivers.js';
import type { Figure } from '../runner/Figure.js';
import { Peer } from '../runner/Peer.js';
import { node } from '../runner/programs.js';
import type { Row } from '../runner/Row.js';
import { single } from '../runner/statistics.js';

const KIB = 2 ** 10;
const MIB = 2 ** 20;

interface Stall {
  readonly payloadBytes: number;
  /** Frames that the reader takes before it stops, how many it lets wait at its own end, and all there are. */
  readonly before: number;
  readonly mark: number;
  readonly count: number;
}
const small: Stall = { payloadBytes: 2 * KIB, before: 1000, mark: 1000, count: 300_000 };
/** Its own mark is as low as the bytes of a mark of the engine's, or the reader would hold half a gigabyte. */
const large: Stall = { payloadBytes: 512 * KIB, before: 100, mark: 64, count: 3000 };

/** What a relay takes up while its reader has stopped and its writer sends as fast as it can, and what it loses. */
export const stalledRelay: Row = {
  name: 'stalledRelay',
  title: 'A relay, fromPull to toPush, whose reader stops for 10 s (4 s when quick) while its writer runs at full rate',
  async run({ settings: { quick }, drivers }) {
    const figures: Figure[] = [];
    for (const driver of drivers) {
      // the native driver counts messages only, so what it holds of large ones is a thousand of them
      for (const stall of driver === 'engine' ? [small, large] : [small]) {
        figures.push(...(await relay(driver, quick ? { ...stall, count: stall.count / 3 } : stall, quick ? 4 : 10)));
      }
    }
    return figures;
  },
};

async function relay(driver: Driver, stall: Stall, seconds: number): Promise<Figure[]> {
  const { payloadBytes: size, before, mark, count } = stall;
  const peers: Peer[] = [];
  const start = (...[name, ...args]: Parameters<typeof node>): Peer => {
    const peer = Peer.start(node(name, ...args));
    peers.push(peer);
    return peer;
  };
  try {
    const writer = start('toPush', driver, size, 'copied', '@tcp://127.0.0.1:*');
    const relaying = start('relay', driver, (await writer.next('bound')).endpoints[0]!);
    const reader = start('stopping', (await relaying.next('bound')).endpoints[0]!, before, count, mark);
    const { bytes: atFirst } = await relaying.next('memory');
    const [writerUs, relayUs] = [await writer.cpuUs(), await relaying.cpuUs()];
    writer.order(count);
    await reader.next('ready');
    let most = atFirst;
    let passed = 0;
    for (const end = performance.now() + seconds * 1000; performance.now() < end; await setTimeout(0)) {
      const { bytes, seen } = await relaying.next('memory');
      most = Math.max(most, bytes);
      passed = seen;
    }
    reader.order(1);
    const { payloadBytes: missed } = await reader.next('received');
    const senderUs = ((await writer.cpuUs()) - writerUs) / count;
    const receiverUs = ((await relaying.cpuUs()) - relayUs) / count;
    const [low, high] = [atFirst, most].map((bytes) => (bytes / MIB).toFixed(0)) as [string, string];
    return [
      {
        label: 'growth of resident memory of a stalled relay',
        driver,
        size,
        unit: 'MiB',
        ...single((most - atFirst) / MIB),
        ...targetOf(driver, 'stalledRelayMiB', size),
        cpu: { ours: { senderUs, receiverUs } },
        absolute: `${low} MiB, then ${high} MiB; ${passed} of ${count} had passed`,
      },
      {
        label: 'frames lost or out of order by a stalled relay',
        driver,
        size,
        unit: 'frames',
        ...single(missed),
        ...targetOf(driver, 'stalledRelayLost'),
        absolute: `${count} sent`,
      },
    ];
  } finally {
    for (const peer of peers.reverse()) await peer.stop();
  }
}

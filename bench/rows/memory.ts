import { targetOf } from '../runner/budgets.js';
import type { Driver } from '../runner/drivers.js';
import type { Figure } from '../runner/Figure.js';
import { Peer } from '../runner/Peer.js';
import { fastSender, node } from '../runner/programs.js';
import type { Bench, Row } from '../runner/Row.js';
import { single } from '../runner/statistics.js';
import { showRate } from '../runner/table.js';

const PAYLOAD_BYTES = 64;
const STEPS = 50;
const MIB = 2 ** 20;

/** Whether receiving keeps what it received. The collector takes its time, so peaks are compared. */
export const memory: Row = {
  name: 'memory',
  title: 'Resident memory while small frames are received: the peak of the last half over that of the first',
  async run(bench) {
    const figures: Figure[] = [];
    for (const driver of bench.drivers) figures.push(await growth(driver, bench));
    return figures;
  },
};

async function growth(driver: Driver, { tools, settings }: Bench): Promise<Figure> {
  const millions = settings.long ? 10 : settings.quick ? 0.5 : 1;
  const count = millions * 1e6;
  const [, program] = fastSender(tools, PAYLOAD_BYTES);
  const sender = Peer.start(program('@tcp://127.0.0.1:*'));
  let receiver: Peer | undefined;
  try {
    const { endpoints } = await sender.next('bound');
    receiver = Peer.start(node('memory', driver, endpoints[0]!, count));
    await receiver.next('ready');
    const [sentUs, receivedUs] = [await sender.cpuUs(), await receiver.cpuUs()];
    sender.order(count);
    const startedAt = performance.now();
    const sizes: number[] = [];
    while (sizes.length < STEPS) sizes.push((await receiver.next('memory')).bytes / MIB);
    const rate = (count / (performance.now() - startedAt)) * 1000;
    const senderUs = ((await sender.cpuUs()) - sentUs) / count;
    const receiverUs = ((await receiver.cpuUs()) - receivedUs) / count;
    const before = Math.max(...sizes.slice(0, STEPS / 2));
    const after = Math.max(...sizes.slice(STEPS / 2));
    return {
      label: `growth of resident memory over ${millions} million frames received`,
      driver,
      size: PAYLOAD_BYTES,
      unit: 'MiB',
      ...single(after - before),
      ...targetOf(driver, 'memoryGrowthMiB'),
      cpu: { ours: { senderUs, receiverUs } },
      absolute: `${before.toFixed(0)} MiB, then ${after.toFixed(0)} MiB; ${showRate(rate)}`,
    };
  } finally {
    await receiver?.stop();
    await sender.stop();
  }
}

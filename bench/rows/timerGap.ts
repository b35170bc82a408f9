import { targetOf } from '../runner/budgets.js';
import type { Figure } from '../runner/Figure.js';
import { Peer, type Program } from '../runner/Peer.js';
import { node } from '../runner/programs.js';
import type { Bench, Row } from '../runner/Row.js';
import { summarize } from '../runner/statistics.js';
import { showRate } from '../runner/table.js';

const WORK_US = 5;
const PAYLOAD_BYTES = 64;
const WINDOW_MS = 600;

/** Whether timers get their turn however fast frames come. */
export const timerGap: Row = {
  name: 'timerGap',
  title: 'The longest gap of a 1 ms timer under full load, 5 us of work a frame (the median of several windows)',
  async run(bench) {
    const figures = [await look(bench, '1 peer', 1, 'one')];
    figures.push(await look(bench, '20 peers, one fromPull', 20, 'one'));
    figures.push(await look(bench, '20 peers, a fromPull each', 20, 'each'));
    return figures;
  },
};

async function look(
  { tools, settings }: Bench,
  label: string,
  peers: number,
  sources: 'one' | 'each',
): Promise<Figure> {
  const senders = sendersOf(tools.cSender, peers).map((program) => Peer.start(program));
  let receiver: Peer | undefined;
  try {
    const bound = await Promise.all(senders.map((sender) => sender.next('bound')));
    const endpoints = bound.flatMap((event) => event.endpoints);
    receiver = Peer.start(node('timerGap', WORK_US, sources, ...endpoints));
    await receiver.next('ready');
    for (const sender of senders) sender.order(endless(tools.cSender));
    const gaps: number[] = [];
    const rates: number[] = [];
    for (let window = -1; window < (settings.quick ? 3 : 7); window += 1) {
      receiver.order(WINDOW_MS);
      const { longestMs, framesPerSecond } = await receiver.next('gap');
      if (window < 0) continue; // connections are made and code is compiled in it
      gaps.push(longestMs);
      rates.push(framesPerSecond);
    }
    const worst = Math.max(...gaps).toFixed(1);
    const absolute = `worst of ${gaps.length} windows ${worst} ms; ${showRate(summarize(rates).median)}`;
    return { label, size: PAYLOAD_BYTES, unit: 'ms', ...summarize(gaps), target: targetOf('timerGapMs'), absolute };
  } finally {
    for (const peer of receiver ? [receiver, ...senders] : senders) await peer.stop();
  }
}

function sendersOf(cSender: string | undefined, peers: number): Program[] {
  if (cSender !== undefined) return [{ command: cSender, args: [PAYLOAD_BYTES, peers] }];
  return Array.from({ length: peers }, () => node('zeromqPush', PAYLOAD_BYTES));
}

/** An order that does not end while it is looked at. */
function endless(cSender: string | undefined): number {
  return cSender === undefined ? 1e9 : 0;
}

import { targetOf } from '../runner/budgets.js';
import type { Figure } from '../runner/Figure.js';
import { Peer, type Program } from '../runner/Peer.js';
import { node } from '../runner/programs.js';
import type { Bench, Row } from '../runner/Row.js';
import type { Settings } from '../runner/settings.js';
import { summarize } from '../runner/statistics.js';
import { showRate } from '../runner/table.js';

const WORK_US = 5;
const PAYLOAD_BYTES = 64;
const WINDOW_MS = 600;

/** What the budget of a turn is: so long a loop without sockets works in each turn to be compared with. */
const TURN_MS = 4;

/** Whether timers get their turn however fast frames come. */
export const timerGap: Row = {
  name: 'timerGap',
  title: 'The longest gap of a 1 ms timer under full load, 5 us of work a frame (the median of several windows)',
  async run(bench) {
    return [
      await without(bench),
      await receiving(bench, '1 peer', 1, 'one'),
      await receiving(bench, '20 peers, one fromPull', 20, 'one'),
      await receiving(bench, '20 peers, a fromPull each', 20, 'each'),
    ];
  },
};

/** The machine's own share, which is in the other figures too. */
async function without({ settings }: Bench): Promise<Figure> {
  const peer = Peer.start(node('busyLoop', TURN_MS));
  try {
    await peer.next('ready');
    return await look(peer, settings, { label: `for comparison: no sockets, ${TURN_MS} ms of work a turn` });
  } finally {
    await peer.stop();
  }
}

async function receiving(
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
    return await look(receiver, settings, { label, size: PAYLOAD_BYTES, target: targetOf('timerGapMs') });
  } finally {
    for (const peer of receiver ? [receiver, ...senders] : senders) await peer.stop();
  }
}

async function look(
  peer: Peer,
  { quick }: Settings,
  facts: Pick<Figure, 'label' | 'size' | 'target'>,
): Promise<Figure> {
  const gaps: number[] = [];
  const rates: number[] = [];
  for (let window = -1; window < (quick ? 3 : 7); window += 1) {
    peer.order(WINDOW_MS);
    const { longestMs, perSecond } = await peer.next('gap');
    if (window < 0) continue; // connections are made and code is compiled in it
    gaps.push(longestMs);
    rates.push(perSecond);
  }
  const worst = Math.max(...gaps).toFixed(1);
  const absolute = `worst of ${gaps.length} windows ${worst} ms; ${showRate(summarize(rates).median)}`;
  return { ...facts, unit: 'ms', ...summarize(gaps), absolute };
}

function sendersOf(cSender: string | undefined, peers: number): Program[] {
  if (cSender !== undefined) return [{ command: cSender, args: [PAYLOAD_BYTES, peers] }];
  return Array.from({ length: peers }, () => node('zeromqPush', PAYLOAD_BYTES));
}

/** An order that does not end while it is looked at. */
function endless(cSender: string | undefined): number {
  return cSender === undefined ? 1e9 : 0;
}

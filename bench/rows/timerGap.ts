import { targetOf } from '../runner/budgets.js';
import type { Driver } from '../runner/drivers.js';
import { costOf } from '../runner/compareRates.js';
import type { Facts, Figure } from '../runner/Figure.js';
import type { Cost } from '../runner/Link.js';
import { Peer, type Program } from '../runner/Peer.js';
import { node, type Tools } from '../runner/programs.js';
import type { Bench, Row } from '../runner/Row.js';
import type { Settings } from '../runner/settings.js';
import { summarize } from '../runner/statistics.js';
import { showRate } from '../runner/table.js';

const WORK_US = 5;
const PAYLOAD_BYTES = 64;
const WINDOW_MS = 600;
const ANY = '@tcp://127.0.0.1:*';

/** What the budget of a turn is: so long a loop without sockets works in each turn to be compared with. */
const TURN_MS = 4;

/** Whether timers get their turn however fast frames come. */
export const timerGap: Row = {
  name: 'timerGap',
  title: 'The longest gap of a 1 ms timer under full load, 5 us of work a frame (the median of several windows)',
  async run(bench) {
    const figures = [await without(bench)];
    for (const driver of bench.drivers) {
      figures.push(
        await receiving(bench, driver, '1 peer', 1, 'one'),
        await receiving(bench, driver, '20 peers, one fromPull', 20, 'one'),
        await receiving(bench, driver, '20 peers, a fromPull each', 20, 'each'),
      );
    }
    return figures;
  },
};

/** The machine's own share, which is in the other figures too. */
async function without({ settings }: Bench): Promise<Figure> {
  const peer = Peer.start(node('busyLoop', TURN_MS));
  try {
    await peer.next('ready');
    return await look(peer, [], settings, { label: `for comparison: no sockets, ${TURN_MS} ms of work a turn` });
  } finally {
    await peer.stop();
  }
}

async function receiving(
  { tools, settings }: Bench,
  driver: Driver,
  which: string,
  peers: number,
  sources: 'one' | 'each',
): Promise<Figure> {
  const senders = sendersOf(tools.c, peers).map((program) => Peer.start(program));
  let receiver: Peer | undefined;
  try {
    const bound = await Promise.all(senders.map((sender) => sender.next('bound')));
    const endpoints = bound.flatMap((event) => event.endpoints);
    receiver = Peer.start(node('timerGap', driver, WORK_US, sources, ...endpoints));
    await receiver.next('ready');
    for (const sender of senders) sender.order(endless(tools.c));
    const facts = { label: `longest gap of a timer, ${which}`, driver, size: PAYLOAD_BYTES };
    return await look(receiver, senders, settings, { ...facts, ...targetOf(driver, 'timerGapMs') });
  } finally {
    for (const peer of receiver ? [receiver, ...senders] : senders) await peer.stop();
  }
}

/** @param senders what the frames come from, if any come */
async function look(peer: Peer, senders: readonly Peer[], { quick }: Settings, facts: Facts): Promise<Figure> {
  const costs: Cost[] = [];
  const gaps: number[] = [];
  const rates: number[] = [];
  for (let window = -1; window < (quick ? 2 : 7); window += 1) {
    const before = [await sum(senders), await peer.cpuUs()] as const;
    peer.order(WINDOW_MS);
    const { longestMs, count, ms } = await peer.next('gap');
    if (window < 0) continue; // connections are made and code is compiled in it
    gaps.push(longestMs);
    rates.push((count / ms) * 1000);
    costs.push({
      senderUs: ((await sum(senders)) - before[0]) / count,
      receiverUs: ((await peer.cpuUs()) - before[1]) / count,
    });
  }
  const worst = Math.max(...gaps).toFixed(1);
  const absolute = `worst of ${gaps.length} windows ${worst} ms; ${showRate(summarize(rates).median)}`;
  const cpu = senders.length > 0 ? { cpu: { ours: costOf(costs) } } : {};
  return { ...facts, unit: 'ms', ...summarize(gaps), ...cpu, absolute };
}

async function sum(peers: readonly Peer[]): Promise<number> {
  let us = 0;
  for (const peer of peers) us += await peer.cpuUs();
  return us;
}

function sendersOf(c: Tools['c'], peers: number): Program[] {
  if (c !== undefined) return [c.sender(PAYLOAD_BYTES, peers, 'given', ANY)];
  return Array.from({ length: peers }, () => node('zeromqPush', PAYLOAD_BYTES, ANY));
}

/** An order that does not end while it is looked at. */
function endless(c: Tools['c']): number {
  return c === undefined ? 1e9 : 0;
}

// What all peers in JavaScript share: orders in on stdin, events out on stdout, one line each.
import { createInterface } from 'node:readline';
import { Subject } from 'rxjs';

export function say(event, facts) {
  process.stdout.write(`${JSON.stringify({ event, ...facts })}\n`);
}

/**
 * Calls back with the number in each line, and ends the process when there are no more. A line `cpu` asks what the process
 * has taken of the processor so far, all its threads.
 */
export function onOrder(callback = () => undefined) {
  createInterface(process.stdin)
    .on('line', (line) => (line === 'cpu' ? say('cpu', { us: cpuUs() }) : callback(Number(line))))
    .on('close', () => process.exit());
}

/**
 * Where the runner wants a source or sink: an endpoint with `@` before it is bound, and told; any other is connected to.
 *
 * @returns the endpoint, the options to open it with, and what to call once it is subscribed
 */
export function place(where, driver) {
  if (!where.startsWith('@')) return [where, { driver, bind: false }, () => say('ready')];
  const status = (event) => event.kind === 'listening' && say('bound', { endpoints: [event.endpoint] });
  return [where.slice(1), { driver, bind: true, status }, () => undefined];
}

/** The same for a socket of zeromq.js. */
export async function open(socket, where) {
  if (!where.startsWith('@')) {
    socket.connect(where);
    say('ready');
    return;
  }
  await socket.bind(where.slice(1));
  say('bound', { endpoints: [socket.lastEndpoint] });
}

/** Feeds a sink so many arrays as each order says: the next once one is taken. Each frame is delivered so many times. */
export function giving(sink, samples, deliveries = 1) {
  const input = new Subject();
  let left = 0;
  let count = 0;
  let busy = false;
  let free = true;

  function give() {
    if (busy) return; // the loop below is at it
    busy = true;
    while (free && left > 0) {
      free = false;
      left -= 1;
      input.next(samples());
    }
    busy = false;
  }

  input.pipe(sink).subscribe(() => {
    free = true;
    if (left > 0) give();
    else say('sent', { count: count * deliveries });
  });

  onOrder((frames) => {
    count = frames;
    left = frames;
    give();
  });
}

/** The processor time of this process so far, all its threads, in us. */
function cpuUs() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/**
 * Makes the function to be called for each message. It tells how long `count` of them took, after `warmUp` that are not
 * timed, again and again.
 */
export function meter(warmUp, count) {
  let seen = 0;
  let startedAt = 0;
  return (payloadBytes) => {
    seen += 1;
    if (seen === warmUp) {
      startedAt = performance.now();
    } else if (seen === warmUp + count) {
      const ms = performance.now() - startedAt;
      seen = 0;
      say('received', { count, ms, payloadBytes });
    }
  };
}

/** The two parts that the peers by hand send, built once: a SIGS header, and a payload of cf32 samples. */
export function messageOf(payloadBytes) {
  const header = Buffer.alloc(96);
  header.writeUInt32LE(0x53494753, 0);
  header.writeUInt32LE(0x00010000, 4);
  header.writeUInt32LE(5, 16);
  header.writeBigUInt64LE(BigInt(payloadBytes / 8), 56);
  return [header, Buffer.alloc(payloadBytes)];
}

/** How long each of many took, as one figure: the median, in us. */
export function medianUs(times) {
  return times.sort()[times.length >> 1] * 1000;
}

/** Tells the longest gap of a 1 ms timer in the next `ms`, and how much was done meanwhile. */
export function longestGap(ms, done) {
  const doneAtStart = done();
  const startedAt = performance.now();
  let last = startedAt;
  let longestMs = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    longestMs = Math.max(longestMs, now - last);
    last = now;
    if (now - startedAt < ms) return;
    clearInterval(timer);
    say('gap', { longestMs, count: done() - doneAtStart, ms: now - startedAt });
  }, 1);
}

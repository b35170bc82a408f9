// #region main
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { interval, map, take, tap } from 'rxjs';
import { frame, fromPull, gaps, toPush } from 'rxzmq';

const [role = 'master', endpoint = 'tcp://127.0.0.1:*', start = ''] = process.argv.slice(2);
const frameMs = 5;

// A radio, whose clock does not wait for this process: it gives each frame the number of its time.
function radio() {
  process.once('disconnect', () => process.exit()); // no master any more
  const first = Math.floor((Date.now() - Number(start)) / frameMs);
  const tone = Float32Array.from({ length: 480 }, (_, n) => Math.cos(n / 10));
  interval(frameMs)
    .pipe(
      map((n) => ({ ...frame(tone, { sampleRate: 48_000 }), sequence: first + n })),
      toPush(endpoint, { bind: false, sequence: 'preserve' }),
    )
    .subscribe();
}

// Receives 90 frames, and twice kills the radio meanwhile. Its socket needs to know nothing of that.
function master() {
  const started = Date.now();
  let child: ChildProcess | undefined;
  let [received, lost, first, last] = [0, 0, 0, 0];

  const switchOn = (url: string) => {
    child = fork(fileURLToPath(import.meta.url), ['radio', url, `${started}`]);
    child.once('exit', () => received < 90 && switchOn(url));
  };

  fromPull(endpoint, {
    bind: true,
    status({ kind, endpoint }) {
      if (kind === 'listening') switchOn(endpoint);
      if (kind === 'connected' || kind === 'disconnected') console.log(`the radio is ${kind}`);
    },
  })
    .pipe(
      map(({ peer: _, ...frame }) => frame), // the same stream, whichever connection brings it
      gaps({
        onGap({ missing, sequence }) {
          lost += missing;
          console.log(`lost: ${missing} frames before number ${sequence}`);
        },
      }),
      take(90),
      tap(({ sequence }) => {
        if (received === 0) first = sequence;
        last = sequence;
        received += 1;
        if (received % 30 === 0) child?.kill('SIGKILL');
      }),
    )
    .subscribe({ complete: () => console.log(`${received} received, ${lost} lost, of ${last - first + 1}`) });
}

if (role === 'radio') radio();
else master();
// #endregion main

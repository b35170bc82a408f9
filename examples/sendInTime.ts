// #region main
import { lastValueFrom, take, tap } from 'rxjs';
import { openSocket } from 'rxzmq';

// Work is sent to any worker, but none is connected yet.
await using work = openSocket('push').bind('tcp://127.0.0.1:*');
const [endpoint = ''] = await work.opened;

// What is not sent in time is withdrawn: no worker gets it later.
try {
  await work.send('old', { signal: AbortSignal.timeout(50) });
} catch (error) {
  console.log(`not sent: ${(error as Error).name}`);
}

// Sends wait, here for a worker, and keep their order.
const sends = ['first', 'second'].map((task) => work.send(task));
await using worker = openSocket('pull').connect(endpoint);
await lastValueFrom(
  worker.messages.pipe(
    take(2),
    tap(([task]) => console.log(`at work: ${new TextDecoder().decode(task)}`)),
  ),
);
await Promise.all(sends);
// #endregion main

// #region main
import { finalize, interval, lastValueFrom, map, take, tap, throwError, timeout, timer } from 'rxjs';
import { openSocket, pacedMap } from 'rxzmq';

// A publisher that says something all the time, if only what time it is.
await using publisher = openSocket('pub').bind('tcp://127.0.0.1:*');
const ticks = interval(5).pipe(map(() => String(Date.now())));
const publishing = ticks.pipe(publisher.sink()).subscribe();
const endpoint = await publisher.opened;

// A subscriber that gives up when it is late, or when nothing comes any more: rather no news than old ones.
const listen = (workMs: number) => {
  const socket = openSocket('sub').connect(endpoint).subscribe();
  return socket.messages.pipe(
    timeout({ each: 1000, with: () => throwError(() => new Error('the publisher is silent')) }),
    pacedMap(([time]) => timer(workMs).pipe(map(() => Date.now() - Number(new TextDecoder().decode(time))))),
    tap((ageMs) => {
      if (ageMs > 500) throw new Error('this subscriber is too slow');
    }),
    finalize(() => void socket.close()),
  );
};
await lastValueFrom(listen(0).pipe(take(50)));
console.log('this one keeps up');
await lastValueFrom(listen(100)).catch((error: unknown) => console.log(String(error)));
publishing.unsubscribe();
await lastValueFrom(listen(0)).catch((error: unknown) => console.log(String(error)));
// #endregion main

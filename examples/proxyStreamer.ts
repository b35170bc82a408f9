// #region main
import { count, lastValueFrom, map, range, take } from 'rxjs';
import { fromPull, openSocket, proxy, text, toPush } from 'rxzmq';

// What many push, many pull: both connect to the streamer, which binds.
await using input = openSocket('pull').bind('tcp://127.0.0.1:*');
await using output = openSocket('push').bind('tcp://127.0.0.1:*');
await using log = openSocket('pub').bind('tcp://127.0.0.1:*'); // to watch the messages, subscribe here
const streamer = lastValueFrom(proxy(input, output, { capture: log }));

const [front, back] = [await input.opened, await output.opened];
const received = lastValueFrom(fromPull(back, { codec: text }).pipe(take(1000), count()));
await lastValueFrom(
  range(1000, 1000).pipe(
    map((n) => `task ${n}`),
    toPush(front, { codec: text, bind: false }),
  ),
);
console.log(`${await received} arrived`);

await input.close(); // ends the proxy, whose last status has the totals
const { toBackend, captured } = await streamer;
console.log(`${toBackend.messages} messages of ${toBackend.bytes} bytes, ${captured.messages} captured`);
// #endregion main

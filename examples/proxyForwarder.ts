// #region main
import { concat, lastValueFrom, NEVER, of, take, tap } from 'rxjs';
import { fromSub, openSocket, proxy, text, topic, toPub } from 'rxzmq';

// Publishers connect to one side, subscribers to the other: nobody needs to know who else is there.
await using publishers = openSocket('xsub').bind('tcp://127.0.0.1:*');
await using subscribers = openSocket('xpub').bind('tcp://127.0.0.1:*');
const forwarder = proxy(publishers, subscribers).subscribe();

const codec = topic(text);
const [front, back] = [await publishers.opened, await subscribers.opened];

// Subscriptions go through it as well: a publisher sends what somebody wants, and nothing else.
const reports = ['weather.rain', 'quotes.EUR', 'weather.wind'].map((name) => ({ topic: name, value: 'more' }));
const publisher = concat(of(...reports), NEVER)
  .pipe(toPub(front, { codec, bind: false, waitForSubscribers: 1 }))
  .subscribe();

await lastValueFrom(
  fromSub(back, { codec, topics: ['weather.'] }).pipe(
    take(2),
    tap(({ topic, value }) => console.log(`${topic}: ${value}`)),
  ),
);
publisher.unsubscribe();
forwarder.unsubscribe();
// #endregion main

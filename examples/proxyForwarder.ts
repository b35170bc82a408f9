// #region main
import { concat, lastValueFrom, NEVER, of, take, tap } from 'rxjs';
import { fromSub, openSocket, proxy, text, topic, toPub } from 'rxzmq';

// Publishers connect to one side, subscribers to the other: they do not need to know each other.
await using publishers = openSocket('xsub').bind('tcp://127.0.0.1:*');
await using subscribers = openSocket('xpub').bind('tcp://127.0.0.1:*');
const forwarder = proxy(publishers, subscribers).subscribe();

const codec = topic(text);
const [front, back] = [await publishers.opened, await subscribers.opened];

// Subscriptions pass through it as well: a publisher sends only messages that have a subscriber.
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

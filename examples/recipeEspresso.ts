// #region main
import { concat, lastValueFrom, map, NEVER, of, take } from 'rxjs';
import { fromSub, openSocket, proxy, text, topic, toPub } from 'rxzmq';

// A forwarder with a capture, which shows the messages of both directions.
await using publishers = openSocket('xsub').bind('tcp://127.0.0.1:*');
await using subscribers = openSocket('xpub').bind('tcp://127.0.0.1:*');
await using capture = openSocket('pair').bind('inproc://espresso');
await using listener = openSocket('pair').connect('inproc://espresso');
const log = listener.messages.pipe(map((parts) => parts.map((part) => new TextDecoder().decode(part))));
log.subscribe(([first = '', second]) => {
  if (second !== undefined) console.log(`published: ${first} ${second}`);
  else console.log(`${first.startsWith('\x01') ? 'subscribed' : 'cancelled'}: ${first.slice(1)}`);
});
const watched = lastValueFrom(listener.messages.pipe(take(4)));
const forwarder = proxy(publishers, subscribers, { capture }).subscribe();

const codec = topic(text);
const source = concat(of('1', '2'), NEVER).pipe(map((value) => ({ topic: 'coffee', value })));
const options = { codec, bind: false, waitForSubscribers: 1 } as const;
const publisher = source.pipe(toPub(await publishers.opened, options)).subscribe();
fromSub(await subscribers.opened, { codec, topics: ['coffee'] })
  .pipe(take(2))
  .subscribe();
await watched;
publisher.unsubscribe();
forwarder.unsubscribe();
// #endregion main

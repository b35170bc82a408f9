// #region main
import { filter, firstValueFrom, from, map, merge, skip, tap } from 'rxjs';
import { fromSub, openSocket, text, topic, toPub } from 'rxzmq';

const codec = topic(text);
const nameOf = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

// Publishers connect to one side, subscribers to the other, and who comes late gets the newest value at once.
await using input = openSocket('sub').bind('tcp://127.0.0.1:*').subscribe();
await using output = openSocket('xpub', { verbosity: 'allSubs' }).bind('tcp://127.0.0.1:*');
const newest = new Map<string, Uint8Array[]>();
const values = input.messages.pipe(tap((parts) => newest.set(nameOf(parts[0]), parts)));
const wanted = output.messages.pipe(
  filter(([change]) => change?.[0] === 1), // a subscription, not the end of one
  map(([change]) => newest.get(nameOf(change?.subarray(1)))),
  filter((parts) => parts !== undefined),
);
merge(values, wanted).pipe(output.sink()).subscribe();

const third = firstValueFrom(input.messages.pipe(skip(2)));
from([1.08, 1.09, 1.1].map((price) => ({ topic: 'EUR', value: String(price) })))
  .pipe(toPub(await input.opened, { codec, bind: false, waitForSubscribers: 1 }))
  .subscribe();
await third; // nothing more is published
const late = await firstValueFrom(fromSub(await output.opened, { codec, topics: ['EUR'] }));
console.log(`${late.topic} is at ${late.value}`);
// #endregion main

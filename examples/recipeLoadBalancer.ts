// #region main
import { defer, from, lastValueFrom, map, merge, of, Subject, take, tap } from 'rxjs';
import { openSocket, pacedMap, request, text } from 'rxzmq';

await using clients = openSocket('router').bind('inproc://clients');
await using workers = openSocket('router').bind('inproc://workers');
const idle: Uint8Array[] = [];
const came = new Subject<void>();
// A worker says that it is there, or what the reply is: either way it is idle now.
workers.messages.subscribe(([worker, , client, ...reply]) => {
  if (client && reply.length > 0) void clients.send([client, ...reply]);
  if (worker) idle.push(worker);
  came.next();
});
// Each request goes to the worker that is idle for the longest time. While none is, no request is read.
const next = defer(() => (idle.length > 0 ? of(true) : came.pipe(take(1)))).pipe(map(() => idle.shift() ?? ''));
const assigned = clients.messages.pipe(pacedMap((parts) => next.pipe(map((worker) => [worker, '', ...parts]))));
assigned.pipe(workers.sink()).subscribe();

const crew = [1, 2, 3].map(() => openSocket('req').connect('inproc://workers'));
for (const worker of crew) {
  const replies = worker.messages.pipe(map((parts) => [...parts.slice(0, -1), `${parts.at(-1)?.length} letters`]));
  merge(of('here I am'), replies).pipe(worker.sink()).subscribe();
}
const tasks = from(['count', 'all', 'letters']).pipe(request('inproc://clients', { codec: text, concurrency: 3 }));
await lastValueFrom(tasks.pipe(tap((reply) => console.log(reply))));
await Promise.all(crew.map((worker) => worker.close()));
// #endregion main

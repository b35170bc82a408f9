// #region main
import { from, lastValueFrom, tap } from 'rxjs';
import { openSocket, proxy, reply, request, text } from 'rxzmq';

// Clients and workers come and go, and know nothing but the broker between them.
await using clients = openSocket('router').bind('tcp://127.0.0.1:*');
await using workers = openSocket('dealer').bind('tcp://127.0.0.1:*');
const broker = proxy(clients, workers).subscribe();

// Two workers, which get the requests in turn.
const back = await workers.opened;
const working = [1, 2].map(() => reply(back, (word) => word.toUpperCase(), { codec: text, bind: false }).subscribe());

// A client.
await lastValueFrom(
  from(['load', 'balance', 'this']).pipe(
    request(await clients.opened, { codec: text, concurrency: 2 }),
    tap((answer) => console.log(answer)),
  ),
);

for (const worker of working) worker.unsubscribe();
broker.unsubscribe(); // the sockets stay open until the end of this block
// #endregion main

// #region main
import { lastValueFrom, map, take, tap } from 'rxjs';
import { openSocket } from 'rxzmq';

const text = (part: Uint8Array | undefined) => new TextDecoder().decode(part);

// Answers any number of clients, each by the routing id that its messages begin with.
await using service = openSocket('router').bind('tcp://127.0.0.1:*');
service.messages
  .pipe(
    map(([client = '', number]) => [client, `${text(number)} squared is ${Number(text(number)) ** 2}`]),
    service.sink(), // while a client's queue is full, nothing is read
  )
  .subscribe();

// A client, which could have several services: a dealer asks them in turn.
await using client = openSocket('dealer').connect(await service.opened);
for (const number of ['3', '4', '5']) await client.send(number);

await lastValueFrom(
  client.messages.pipe(
    take(3),
    tap(([answer]) => console.log(text(answer))),
  ),
);
// #endregion main

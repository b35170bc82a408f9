// #region main
import { filter, from, lastValueFrom, tap } from 'rxjs';
import { openSocket, request, text } from 'rxzmq';

// A server that loses every second request.
await using server = openSocket('router').bind('tcp://127.0.0.1:*');
let received = 0;
server.messages
  .pipe(
    filter(() => (received += 1) % 2 === 0),
    server.sink(), // the answer is the question
  )
  .subscribe();

// A client that asks again, of another server if there are several, and does not take a late answer for the next one.
const requests = from(['one', 'two', 'three']);
const replies = requests.pipe(request(await server.opened, { codec: text, timeoutMs: 50, retries: 3 }));
await lastValueFrom(replies.pipe(tap((reply) => console.log(`${reply}, after ${received} requests in all`))));
// #endregion main

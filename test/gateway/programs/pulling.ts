// A gateway that pulls numbers at `/up` and prints them. SIGTERM ends it in good order: what was sent to it is read first.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fromPull, json } from 'rxzmq';
import { serve } from 'rxzmq/gateway';

const server = createServer();
const web = serve(server, { lingerMs: 5000 });
const pulling = fromPull(web.at('/up'), { codec: json<number>(), bind: true }).subscribe((n) => console.log(n));

server.listen(Number(process.argv[2]), '127.0.0.1', () => {
  console.log(`at ${(server.address() as AddressInfo).port}`);
});

process.once('SIGTERM', () => {
  void web.close().then(() => {
    pulling.unsubscribe();
    server.close();
  });
});

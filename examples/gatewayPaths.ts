// #region main
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { firstValueFrom, of } from 'rxjs';
import { fromPull, json, reply, request, toPush } from 'rxzmq';
import { serve } from 'rxzmq/gateway';

const server = createServer();
const web = serve(server, { authenticate: ({ token }) => token === 'open sesame' && 'anna' });

// What pages push, and what they ask.
const notes = fromPull(web.at('/notes'), { bind: true, codec: json<string>() });
const tuner = reply(web.at('/tune'), (mhz) => `tuned to ${mhz} MHz`, { codec: json<number | string>() });

const running = tuner.subscribe();
const note = firstValueFrom(notes);
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const host = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
const token = 'open sesame';
await firstValueFrom(of('hello').pipe(toPush(`${host}/notes`, { bind: false, codec: json<string>(), token })));
console.log(`pushed: ${await note}`);
const tuned = of(88.2).pipe(request(`${host}/tune`, { codec: json<number | string>(), token }));
console.log(`asked: ${await firstValueFrom(tuned)}`);
running.unsubscribe();
await web.close();
server.close();
// #endregion main

import { concatMap, firstValueFrom, from, lastValueFrom, toArray } from 'rxjs';
import { openSocket, proxy, requester, text } from 'rxzmq';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { Agent } from '../engine/support/Agent.js';

afterAll(() => expect(Agent.running()).toEqual([]));

const CLIENTS = 50;
const WORKERS = 10;
const REQUESTS = 40;
const KILLS = 12;

describe.each(['engine', 'native'] as const)('a broker on %s', (driver) => {
  it(`${CLIENTS} clients, ${WORKERS} pyzmq workers, ${KILLS} of them killed in mid-work: each request has its own reply`, async () => {
    const frontend = openSocket('router', { driver }).bind('tcp://127.0.0.1:*');
    const backend = openSocket('dealer', { driver }).bind('tcp://127.0.0.1:*');
    onTestFinished(() =>
      Promise.all([frontend.close({ lingerMs: 0 }), backend.close({ lingerMs: 0 })]).then(() => undefined),
    );
    const [[front], [back]] = await Promise.all([frontend.opened, backend.opened]);
    const broker = proxy(frontend, backend).subscribe();
    onTestFinished(() => broker.unsubscribe());

    const workers: Agent[] = [];
    onTestFinished(() => Promise.all(workers.map((worker) => worker.kill())).then(() => undefined));
    const hire = async (): Promise<void> => {
      const worker = new Agent();
      workers.push(worker);
      await worker.next('ready');
      worker.tell({ do: 'open', name: 'it', type: 'REP' }, { do: 'connect', name: 'it', endpoint: back! });
      worker.tell({ do: 'serve', name: 'it' });
    };
    await Promise.all(Array.from({ length: WORKERS }, hire));

    let served = 0;
    const clients = Array.from({ length: CLIENTS }, async (_, client) => {
      const { request, close } = requester(front!, { codec: text, timeoutMs: 1000, retries: 20 });
      const asked = Array.from({ length: REQUESTS }, (_, i) => `client ${client}, request ${i}`);
      const replies = from(asked).pipe(
        concatMap(async (question) => {
          const reply = await firstValueFrom(request(question));
          served += 1;
          return reply;
        }),
        toArray(),
      );
      expect(await lastValueFrom(replies)).toEqual(asked);
      await close();
    });

    const killing = (async () => {
      for (let kill = 0; kill < KILLS; kill += 1) {
        const [victim] = workers.splice((kill * 7) % workers.length, 1);
        await victim!.kill();
        await hire();
      }
    })();
    await Promise.all([...clients, killing]);
    expect(served).toBe(CLIENTS * REQUESTS);
  });
});

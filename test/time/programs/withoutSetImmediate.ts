import { firstValueFrom, of, take, toArray } from 'rxjs';

// before the library is loaded, as it is in jsdom
Reflect.deleteProperty(globalThis, 'setImmediate');
Reflect.deleteProperty(globalThis, 'clearImmediate');
const { openSocket, request, reply, text, toPush, fromIterable } = await import('../../../src/index.js');

/** Goes over an endpoint from a sink to a handle. */
async function through(endpoint: string): Promise<string[]> {
  const pull = openSocket('pull').bind(endpoint);
  const [bound = ''] = await pull.opened;
  const numbers = Array.from({ length: 2000 }, (_, i) => String(i));
  const received = firstValueFrom(pull.messages.pipe(take(numbers.length), toArray()));
  fromIterable(numbers)
    .pipe(toPush(bound, { codec: text, bind: false }))
    .subscribe();
  const messages = await received;
  await pull.close();
  return messages.map(([part]) => new TextDecoder().decode(part));
}

const messages = await Promise.all([through('tcp://127.0.0.1:*'), through('ipc://*'), through('inproc://a')]);
const upper = reply('inproc://upper', (asked: string) => asked.toUpperCase(), { codec: text }).subscribe();
const answer = await firstValueFrom(of('done').pipe(request('inproc://upper', { codec: text })));
upper.unsubscribe();
console.log(typeof globalThis.setImmediate, messages.map((all) => `${all.length} ${all[1999]}`).join(', '), answer);

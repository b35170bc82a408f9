// Sends one message, unsubscribes at once, and ends by itself; the message must arrive all the same.
import { concat, firstValueFrom, NEVER, of } from 'rxjs';
import { text, toPush } from 'rxzmq';

const [driver, endpoint] = process.argv.slice(2) as ['engine' | 'native', string];
const big = 'x'.repeat(5_000_000);
await firstValueFrom(concat(of(big), NEVER).pipe(toPush(endpoint, { driver, bind: false, codec: text })));

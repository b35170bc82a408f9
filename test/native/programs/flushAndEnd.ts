// Sends one message, unsubscribes at once, and ends by itself; the message must arrive all the same.
import { concat, firstValueFrom, NEVER, of } from 'rxjs';
import { text, toPush } from 'rxzmq';

const [endpoint = ''] = process.argv.slice(2);
const big = 'x'.repeat(5_000_000);
await firstValueFrom(concat(of(big), NEVER).pipe(toPush(endpoint, { bind: false, codec: text })));

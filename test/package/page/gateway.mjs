// A gateway with the three kinds of streams, for one client. It prints where it is, and what the client pushed; it ends with it.
import { createServer } from 'node:http';
import { of, take } from 'rxjs';
import { fromPull, reply, text, toPub } from 'rxzmq';
import { serve } from 'rxzmq/gateway';

const server = createServer();
const web = serve(server, { authenticate: () => true });
of(Float32Array.of(1, 2, 3, 4))
  .pipe(toPub(web.at('/iq'), { waitForSubscribers: 1, sampleType: 'cf32' }))
  .subscribe();
const tune = reply(web.at('/tune'), (said) => said.toUpperCase(), { codec: text }).subscribe();
fromPull(web.at('/up'), { bind: true, codec: text })
  .pipe(take(1))
  .subscribe(async (said) => {
    console.log(said);
    tune.unsubscribe();
    await web.close();
    server.close();
  });
server.listen(0, '127.0.0.1', () => console.log(`ws://127.0.0.1:${server.address().port}`));

// #region main
import { createServer } from 'node:http';
import { interval, map, take } from 'rxjs';
import { frame, fromSub, lines, spectrum, toPub } from 'rxzmq';
import { serve } from 'rxzmq/gateway';
import { gnuradio } from 'rxzmq/gnuradio';

// A ZMQ PUB Sink with Pass Tags, elsewhere: there it binds 'tcp://*:5556', and here you say 'tcp://host:5556'.
const flowgraph = interval(4)
  .pipe(
    map(() => frame(new Float32Array(8192).fill(0.5), { sampleRate: 2e6, centerFreq: 433.92e6 })),
    toPub('inproc://flowgraph', { codec: gnuradio({ tags: true }), waitForSubscribers: 0 }),
  )
  .subscribe();

// The page is <rx-scope src="/spectrum">. It gets 30 lines a second, however much the flowgraph sends.
const server = createServer((_request, response) => response.end('the page, with the script of the scope'));
const web = serve(server);
const toPages = toPub(web.at('/spectrum'), { codec: lines, waitForSubscribers: 0 });
server.listen(0, 'localhost');
fromSub('inproc://flowgraph', { codec: gnuradio() })
  .pipe(spectrum({ bins: 1024 }), toPages, take(3))
  .subscribe({
    next: ({ levels, bins }) => console.log(`bin ${levels.indexOf(Math.max(...levels))} of ${bins} is the strongest`),
    complete: () => (flowgraph.unsubscribe(), void web.close().then(() => server.close())),
  });
// #endregion main

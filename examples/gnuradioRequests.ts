// #region main
import { of, take } from 'rxjs';
import { reply, request } from 'rxzmq';
import { gnuradio } from 'rxzmq/gnuradio';

// This answers a ZMQ REQ Source, which requests as many items as its buffer has space for, and gets at most 1000 at a time.
reply('inproc://samples', (count) => new Float32Array(2 * Math.min(count, 1000)), { codec: gnuradio.reply() })
  .pipe(take(2))
  .subscribe(({ request, reply }) => console.log(`${request} wanted, ${reply.numSamples} sent`));

// What asks a ZMQ REP Sink: one reply for each number of items, and perhaps fewer of them.
of(4096, 16)
  .pipe(request('inproc://samples', { codec: gnuradio.request(), timeoutMs: 1000 }))
  .subscribe(({ numSamples }) => console.log(`${numSamples} samples came`));
// #endregion main

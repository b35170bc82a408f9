// #region main
import { map, range, take } from 'rxjs';
import { reply, request } from 'rxzmq';

reply('inproc://conjugate', (request) => {
  if (request.sampleType !== 'cf32') throw new TypeError(`cf32 only, not ${request.sampleType}`);
  return { ...request, samples: request.samples.map((value, i) => (i % 2 === 0 ? value : -value)) };
})
  .pipe(take(2))
  .subscribe(({ request, reply }) => console.log(`${request.samples.join(' ')} -> ${reply.samples.join(' ')}`));

// A requester, in another program: there it connects to 'tcp://host:5557', which is bound here as 'tcp://*:5557'.
range(1, 2)
  .pipe(
    map((n) => new Float32Array([n, n])),
    request('inproc://conjugate'),
  )
  .subscribe();
// #endregion main

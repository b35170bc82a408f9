const rxjs = require('rxjs');

/** Sends one frame through `push` over a free port to `pull`, and prints it. Both are the package, or two copies of it. */
module.exports = (pull, push) => {
  const endpoint = new rxjs.ReplaySubject(1);
  const listening = (status) => status.kind === 'listening' && endpoint.next(status.endpoint);
  pull
    .fromPull('tcp://127.0.0.1:*', { bind: true, status: listening })
    .pipe(rxjs.take(1))
    .subscribe((frame) => console.log(`received ${frame.sampleType} ${frame.samples.join()}`));
  endpoint
    .pipe(
      rxjs.take(1),
      rxjs.mergeMap((where) => rxjs.of(Float32Array.of(1, 2, 3, 4)).pipe(push.toPush(where, { bind: false }))),
    )
    .subscribe();
};

if (require.main === module) module.exports(require('rxzmq'), require('rxzmq'));

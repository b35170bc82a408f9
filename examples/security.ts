// #region main
import { map, range, take } from 'rxjs';
import { curveKeyPair, fromPull, toPush } from 'rxzmq';

// Each side makes its pair once, keeps the secret half, and gives the public half to the other.
const radio = curveKeyPair();
const display = curveKeyPair();

range(0, 2)
  .pipe(
    map((n) => new Float32Array(256).fill(n)),
    toPush('tcp://127.0.0.1:*', {
      security: {
        mechanism: 'curve',
        secretKey: radio.secretKey,
        authenticate: ({ publicKey }) => publicKey === display.publicKey, // refuses all others
      },
      status: (status) => status.kind === 'listening' && show(status.endpoint),
    }),
  )
  .subscribe();

function show(endpoint: string) {
  const { secretKey } = display;
  fromPull(endpoint, { security: { mechanism: 'curve', serverKey: radio.publicKey, secretKey } })
    .pipe(take(2))
    .subscribe(({ sequence, numSamples }) => console.log(`frame ${sequence}: ${numSamples} samples, in private`));
}
// #endregion main

// Listens while it has no files left for a connection; has some again once it is told to go on; prints what it hears then.
import { closeSync, openSync } from 'node:fs';
import { tcpCarrier } from '../../../../../src/engine/carriers/node/tcp.js';

const files: number[] = [];
const nothing = (): void => undefined;

/** Opens files until there are none left, for so many turns in a row: others are still being closed. */
function useUp(turns: number, done: () => void): void {
  const before = files.length;
  try {
    for (;;) files.push(openSync('/dev/null', 'r'));
  } catch {
    if (turns === 0) done();
    else setImmediate(() => useUp(files.length > before ? 100 : turns - 1, done));
  }
}

process.stdin.once('data', () => {
  for (const file of files) closeSync(file);
  console.log('has files again');
});
tcpCarrier.listen(
  'tcp://127.0.0.1:*',
  {},
  {
    listening(endpoint) {
      useUp(100, () => console.log(endpoint));
    },
    accepted: (stream) => ({
      target: () => new Uint8Array(1),
      filled: nothing,
      data(chunk) {
        console.log(new TextDecoder().decode(chunk));
        process.exit();
      },
      drained: nothing,
      ended: () => stream.end(),
      closed: nothing,
    }),
    failed(reason) {
      throw new Error(reason);
    },
  },
);

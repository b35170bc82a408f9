// Connects, writes 8 MB, ends, and is to end by itself though its peer does not close.
import { tcpCarrier } from '../../../../../src/engine/carriers/node/tcp.js';

const [endpoint = ''] = process.argv.slice(2);
const nothing = (): void => undefined;
tcpCarrier.connect(
  endpoint,
  {},
  {
    opened(stream) {
      stream.write([new Uint8Array(8_000_000).fill(7)]);
      stream.end();
      return {
        target: () => new Uint8Array(1),
        filled: nothing,
        data: nothing,
        drained: nothing,
        ended: nothing,
        closed: nothing,
      };
    },
    failed(reason) {
      throw new Error(reason);
    },
  },
);

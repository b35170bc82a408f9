// Binds a path and gives it up as its parent says, and says what became of it.
import { ipcCarrier } from '../../../../../src/engine/carriers/node/ipc.js';

let stop: ((closed: () => void) => void) | undefined;
const say = (word: string): void => void process.send!(word);

process.on('message', ({ bind }: { readonly bind?: string }) => {
  if (bind === undefined) {
    const stopping = stop;
    stop = undefined;
    if (stopping) stopping(() => say('stopped'));
    else say('stopped');
    return;
  }
  stop = ipcCarrier.listen(
    bind,
    {},
    {
      listening: () => say('listening'),
      accepted: (stream) => {
        stream.destroy();
        const nothing = (): void => undefined;
        return {
          target: () => new Uint8Array(1),
          filled: nothing,
          data: nothing,
          drained: nothing,
          ended: nothing,
          closed: nothing,
        };
      },
      failed: (reason) => {
        stop = undefined;
        say(reason);
      },
    },
  );
});
process.once('disconnect', () => process.exit());
say('ready');

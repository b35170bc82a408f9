/** A port of a MessageChannel; in Node, `unref` stops it from keeping the process alive. */
interface Port {
  onmessage: (() => void) | null;
  postMessage(message: undefined): void;
  ref?(): void;
  unref?(): void;
}

interface Natives {
  readonly setImmediate?: (callback: () => void) => unknown;
  readonly MessageChannel?: new () => { readonly port1: Port; readonly port2: Port };
  readonly setTimeout: (callback: () => void, ms: number) => unknown;
}

/** Captured at load: fake timers must not stop a yield. */
const natives = globalThis as unknown as Natives;
const setImmediate = natives.setImmediate;
const MessageChannel = natives.MessageChannel;
const setTimeout = natives.setTimeout;

/** Calls back once timers and I/O have had their turn. jsdom and browsers have no `setImmediate`: there it uses a message, or a timer. */
export const nextTask: (callback: () => void) => void =
  typeof setImmediate === 'function'
    ? (callback) => void setImmediate(callback)
    : typeof MessageChannel === 'function'
      ? byMessages(new MessageChannel())
      : (callback) => void setTimeout(callback, 0);

/** A listening port would keep the process alive: it listens only while a callback waits. */
function byMessages({ port1, port2 }: { port1: Port; port2: Port }): (callback: () => void) => void {
  const waiting: (() => void)[] = [];
  port1.onmessage = () => {
    const callback = waiting.shift();
    if (waiting.length === 0) port1.unref?.();
    callback?.();
  };
  port1.unref?.();
  return (callback) => {
    if (waiting.push(callback) === 1) port1.ref?.();
    port2.postMessage(undefined);
  };
}

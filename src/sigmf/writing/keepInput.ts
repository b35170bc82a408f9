import type { Frame } from '../../frame/types.js';
import { setStreamIndex, streamIndexOf } from '../samples/streamIndex.js';

/** A value that has to wait. Its samples are copied, as its sender may reuse them; what is no frame is refused later, as it is. */
export function keepInput(input: unknown): unknown {
  if (ArrayBuffer.isView(input)) return copyOf(input);
  const { samples } = Object(input) as Partial<Frame>;
  if (!ArrayBuffer.isView(samples)) return input;
  const kept = { ...(input as Frame), samples: copyOf(samples) } as Frame;
  const index = streamIndexOf(input as Frame);
  if (index !== undefined) setStreamIndex(kept, index); // they are the same samples
  return kept;
}

function copyOf(samples: ArrayBufferView): ArrayBufferView {
  if (samples instanceof DataView) return samples;
  return samples instanceof Uint8Array ? new Uint8Array(samples) : (samples as Int8Array).slice(); // a Buffer's would be a view
}

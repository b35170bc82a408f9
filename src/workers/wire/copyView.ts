import { takeLarge } from '../../memory/largeBuffers.js';

type MakeView = new (buffer: ArrayBufferLike, offset: number, length: number) => ArrayBufferView;

/** A view of the same type on its own memory with the same bytes. Node's `Buffer` becomes a `Uint8Array`, as it does when posted. */
export function copyView(view: ArrayBufferView): ArrayBufferView {
  const bytes = takeLarge(view.byteLength);
  bytes.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  const { [Symbol.toStringTag]: kind, length } = view as unknown as { [Symbol.toStringTag]: string; length?: number };
  const Kind = (globalThis as unknown as Record<string, MakeView>)[kind]!;
  return new Kind(bytes.buffer, 0, length ?? view.byteLength);
}

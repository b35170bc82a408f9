import { BroadcastChannel } from 'node:worker_threads';
import type { NamesElsewhere } from '../NamesElsewhere.js';

/** A note from one thread to the others: a name is bound here, or a socket here looks for it. */
type Note = { readonly bound: string } | { readonly sought: string };

/**
 * The inproc names of the other threads of the process. A name cannot be reached from another thread, but a socket that connects to
 * it there can report why it finds no peer. A channel is open while any name is bound or looked for; it does not keep the process
 * alive.
 */
export class OtherThreads implements NamesElsewhere {
  #channel: BroadcastChannel | undefined;
  readonly #bound = new Set<string>();
  readonly #sought = new Set<string>();
  #found: (name: string) => void = () => undefined;

  onFound(found: (name: string) => void): void {
    this.#found = found;
  }

  bound(name: string): void {
    this.#bound.add(name);
    this.#post({ bound: name });
  }

  unbound(name: string): void {
    this.#bound.delete(name);
    this.#rest();
  }

  seek(name: string): void {
    this.#sought.add(name);
    this.#post({ sought: name });
  }

  unseek(name: string): void {
    this.#sought.delete(name);
    this.#rest();
  }

  #post(note: Note): void {
    this.#channel ??= this.#open();
    this.#channel.postMessage(note);
  }

  #open(): BroadcastChannel {
    const channel = new BroadcastChannel('rxzmq.inproc.1');
    channel.onmessage = ({ data }: { data: Note }) => this.#heard(data);
    channel.unref();
    return channel;
  }

  #heard(note: Note): void {
    if ('bound' in note) {
      if (this.#sought.has(note.bound)) this.#found(note.bound);
    } else if (this.#bound.has(note.sought)) this.#post({ bound: note.sought });
  }

  #rest(): void {
    if (this.#bound.size + this.#sought.size > 0) return;
    this.#channel?.close();
    this.#channel = undefined;
  }
}

/** Holds stages until a test lets them go on: each at a gate of its own. */
export class Gates {
  /** At 0: how many have begun. */
  readonly memory: Int32Array;

  constructor(count: number) {
    this.memory = new Int32Array(new SharedArrayBuffer(4 * (count + 1)));
  }

  get begun(): number {
    return Atomics.load(this.memory, 0);
  }

  /** What has a stage wait at a gate, counted from 1. */
  act(at: number): { do: 'wait'; gate: Int32Array; at: number } {
    return { do: 'wait', gate: this.memory, at };
  }

  open(...gates: readonly number[]): void {
    for (const at of gates) {
      Atomics.store(this.memory, at, 1);
      Atomics.notify(this.memory, at);
    }
  }

  /** Resolves once so many have begun. */
  async whenBegun(count: number): Promise<void> {
    for (let begun = this.begun; begun < count; begun = this.begun) {
      await (Atomics as unknown as WaitAsync).waitAsync(this.memory, 0, begun).value;
    }
  }
}

interface WaitAsync {
  waitAsync(memory: Int32Array, at: number, value: number): { readonly value: Promise<string> | string };
}

import { EMPTY, Observable, of, throwError } from 'rxjs';
import { stage } from 'rxzmq/stage';

/** What a test has the stage do. */
export type Act =
  | { readonly do: 'give'; readonly value: unknown }
  /** Says that it has begun, and goes on when the gate is opened. */
  | { readonly do: 'wait'; readonly gate: Int32Array; readonly at: number }
  | { readonly do: 'throw'; readonly kind: 'range' | 'own' | 'cause' | 'many' | 'text' | 'object' | 'function' }
  | { readonly do: 'reject' }
  | { readonly do: 'later'; readonly value: unknown }
  | {
      readonly do: 'generator' | 'asyncGenerator' | 'observable';
      readonly count: number;
      readonly counter?: Int32Array;
    }
  | { readonly do: 'throwAfter'; readonly how: 'generator' | 'observable' }
  | { readonly do: 'nothing' }
  | { readonly do: 'exit'; readonly code: number }
  | { readonly do: 'fill' }
  | { readonly do: 'throwLater' }
  | { readonly do: 'idleExit' }
  | { readonly do: 'function' }
  | { readonly do: 'functionOfMany' }
  | { readonly do: 'count' }
  | { readonly do: 'kept' }
  | { readonly do: 'wasm' }
  /** An object with `then`, as `await` takes it. */
  | { readonly do: 'thenable'; readonly value: unknown }
  | { readonly do: 'throwOdd'; readonly kind: 'getter' | 'texts' | 'revoked' }
  /** A result that cannot be read. */
  | { readonly do: 'unreadable'; readonly how: 'value' | 'observable' };

class OwnError extends Error {
  override readonly name = 'OwnError';
  readonly code = 'ERR_OWN';
  readonly where = { row: 3 };
  readonly undo = (): undefined => undefined;
}

const kept = { samples: new Float32Array(2000) };
let count = 0;

export default stage((act: Act, settings?: unknown): unknown => {
  switch (act.do) {
    case 'give':
      return act.value;
    case 'wait':
      wait(act.gate, act.at);
      return act.at;
    case 'throw':
      return fail(act.kind);
    case 'reject':
      return Promise.reject(new RangeError('rejected'));
    case 'later':
      return new Promise((resolve) => setTimeout(() => resolve(act.value), 1));
    case 'generator':
      return numbers(act.count, act.counter);
    case 'asyncGenerator':
      return laterNumbers(act.count);
    case 'observable':
      return act.count === 0 ? EMPTY : of(...Array.from({ length: act.count }, (_, i) => i));
    case 'throwAfter':
      return act.how === 'generator'
        ? broken()
        : new Observable((out) => (out.next(1), throwError(failure).subscribe(out)));
    case 'nothing':
      return undefined;
    case 'exit':
      return process.exit(act.code);
    case 'fill':
      return fill();
    case 'throwLater':
      return new Promise(() => setImmediate(() => fail('range')));
    case 'idleExit':
      setImmediate(() => process.exit(5));
      return 'soon';
    case 'function':
      return { deep: [{ call: () => 1 }] };
    case 'functionOfMany':
      return [1, { call: () => 1 }][Symbol.iterator]();
    case 'count':
      return [(count += 1), settings];
    case 'kept':
      return kept;
    case 'wasm':
      return new Uint8Array(new (globalThis as any).WebAssembly.Memory({ initial: 1 }).buffer).fill(7);
    case 'thenable':
      return { then: (resolve: (value: unknown) => void) => resolve(act.value) };
    case 'throwOdd':
      return throwOdd(act.kind);
    case 'unreadable':
      return act.how === 'value' ? unreadable : of(unreadable);
  }
});

const unreadable = {
  get x(): never {
    throw new Error('do not read');
  },
};

const failure = new Error('failure');

function wait(gate: Int32Array, at: number): void {
  Atomics.add(gate, 0, 1);
  Atomics.notify(gate, 0);
  Atomics.wait(gate, at, 0);
}

function fail(kind: string): never {
  if (kind === 'range') throw new RangeError('too far');
  if (kind === 'own') throw new OwnError('mine');
  if (kind === 'cause') throw new Error('outer', { cause: new TypeError('inner', { cause: 'innermost' }) });
  if (kind === 'many') throw new AggregateError([new TypeError('one'), 2], 'both');

  throw kind === 'text' ? 'a text' : kind === 'object' ? { a: [1n] } : { call: () => 1 };
}

/** Errors that cannot be posted as they are. */
function throwOdd(kind: 'getter' | 'texts' | 'revoked'): never {
  const { proxy, revoke } = Proxy.revocable(new Error('never seen'), {});
  revoke();
  const error = kind === 'revoked' ? proxy : new RangeError('odd');
  if (kind === 'getter') Object.defineProperty(error, 'x', { enumerable: true, get: () => unreadable.x });
  if (kind === 'texts') Object.assign(error, { name: Symbol('odd'), message: () => 1, stack: [{ call: () => 1 }] });
  throw error;
}

function* numbers(count: number, counter?: Int32Array): Generator<number> {
  for (let i = 0; i < count; i += 1) {
    if (counter) Atomics.add(counter, 0, 1);
    yield i;
  }
}

async function* laterNumbers(count: number): AsyncGenerator<number> {
  for (let i = 0; i < count; i += 1) {
    await Promise.resolve();
    yield i;
  }
}

function* broken(): Generator<number> {
  yield 1;
  throw failure;
}

function fill(): never {
  const all: unknown[] = [];
  for (;;) all.push(Array.from({ length: 10_000 }, (_, i) => ({ i })));
}

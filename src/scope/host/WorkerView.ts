import type { Frame } from '../../frame/types.js';
import { isLine, type SpectrumLine } from '../../spectrum/SpectrumLine.js';
import type { ScopeCommand } from '../core/keys.js';
import type { CoreSettings } from '../core/settings.js';
import type { ScopeState } from '../core/state.js';
import type { Gesture } from '../view/Gesture.js';
import type { ScopeReadings } from '../view/ScopeReadings.js';
import type { FromWorker, ToWorker } from './messages.js';
import type { ScopeWorker } from './page.js';
import type { Readiness } from './Readiness.js';
import type { ViewCalls } from './ViewLoop.js';

/** How many values may be on their way to the worker. */
const MOST_UNDER_WAY = 8;
/** How long a worker may take to start, in ms: one that is not found does not always say so. */
const START_MS = 5000;

export interface WorkerListener {
  report(readings: ScopeReadings): void;
  /** There is no worker: the view on this thread that stands in for it. */
  standIn(reason: string): ViewCalls;
}

interface Canvas {
  transferControlToOffscreen(): unknown;
}

/** A view in a worker. Until the worker has started, the canvas stays here, so that this thread can stand in for it. */
export class WorkerView implements ViewCalls {
  readonly #canvas: Canvas;
  readonly #settings: CoreSettings;
  readonly #readiness: Readiness;
  readonly #listener: WorkerListener;
  readonly #worker: ScopeWorker;
  readonly #cancelWait: () => void;
  #isOpen = false;
  #standIn: ViewCalls | undefined;
  #early: { readonly call: keyof ViewCalls; readonly args: readonly unknown[] }[] = [];
  #underWay = 0;

  constructor(
    worker: ScopeWorker,
    canvas: Canvas,
    settings: CoreSettings,
    readiness: Readiness,
    listener: WorkerListener,
    after: (ms: number, callback: () => void) => () => void,
  ) {
    this.#worker = worker;
    this.#canvas = canvas;
    this.#settings = settings;
    this.#readiness = readiness;
    this.#listener = listener;
    readiness.room(false);
    worker.onmessage = ({ data }: { readonly data: FromWorker }) => this.#hear(data);
    worker.onerror = (event: { readonly message?: string; preventDefault?(): void }) => {
      event.preventDefault?.();
      this.#fail(event.message ?? 'its file was not found');
    };
    this.#cancelWait = after(START_MS, () => this.#fail(`it has not started within ${START_MS} ms`));
  }

  take(value: Frame | SpectrumLine, latencyMs: number): void {
    if (!this.#isOpen) return; // before it had room
    if (this.#standIn) return this.#standIn.take(value, latencyMs);
    // a copy, as others may have the value too
    const copy = isLine(value)
      ? { ...value, levels: value.levels.slice() }
      : { ...value, samples: value.samples.slice() };
    const memory = isLine(copy) ? copy.levels.buffer : copy.samples.buffer;
    this.#underWay += 1;
    if (this.#underWay >= MOST_UNDER_WAY) this.#readiness.room(false);
    this.#send({ call: 'take', args: [copy, latencyMs] }, [memory]);
  }

  resize(width: number, height: number, ratio: number): void {
    this.#call('resize', width, height, ratio);
  }
  command(command: ScopeCommand): void {
    this.#call('command', command);
  }
  gesture(gesture: Gesture): void {
    this.#call('gesture', gesture);
  }
  link(state: ScopeState): void {
    this.#call('link', state);
  }
  refuse(reason: string): void {
    this.#call('refuse', reason);
  }
  preferDark(isDark: boolean): void {
    this.#call('preferDark', isDark);
  }
  appear(isVisible: boolean): void {
    this.#call('appear', isVisible);
  }
  drawNow(): void {
    this.#standIn?.drawNow(); // the worker has animation frames of its own
  }

  close(): void {
    this.#cancelWait();
    this.#standIn?.close();
    this.#worker.terminate();
  }

  #hear(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        if (!this.#standIn) this.#open();
        return;
      case 'taken':
        this.#underWay -= 1;
        this.#readiness.room(this.#underWay < MOST_UNDER_WAY);
        return;
      case 'readings':
        return this.#listener.report(message.readings);
      case 'failed':
        return this.#fail(message.reason);
    }
  }

  #open(): void {
    let canvas: unknown;
    try {
      canvas = this.#canvas.transferControlToOffscreen();
    } catch (error) {
      return this.#fail((error as Error).message); // it has a context already
    }
    this.#cancelWait();
    this.#isOpen = true;
    this.#send({ call: 'open', canvas, settings: this.#settings }, [canvas]);
    for (const { call, args } of this.#early.splice(0)) this.#send({ call, args }, []);
    this.#readiness.room(true);
  }

  /** A canvas that is the worker's cannot be had back: then there is no picture any more. */
  #fail(reason: string): void {
    if (this.#isOpen) return;
    this.#cancelWait();
    this.#isOpen = true;
    this.#worker.terminate();
    const standIn = this.#listener.standIn(reason);
    this.#standIn = standIn;
    for (const { call, args } of this.#early.splice(0)) invoke(standIn, call, args);
    this.#readiness.room(true);
  }

  #call(call: keyof ViewCalls, ...args: readonly unknown[]): void {
    if (this.#standIn) invoke(this.#standIn, call, args);
    else if (this.#isOpen) this.#send({ call, args }, []);
    else this.#early.push({ call, args });
  }

  #send(message: ToWorker, moved: unknown[]): void {
    this.#worker.postMessage(message, moved);
  }
}

/** Calls a view by a message. */
export function invoke(view: ViewCalls, call: keyof ViewCalls, args: readonly unknown[]): void {
  (view[call] as (this: ViewCalls, ...args: readonly unknown[]) => void).apply(view, args as unknown[]);
}

import type { Subscription } from 'rxjs';
import { VirtualTimeError } from '../errors.js';
import { type Clock, LONGEST_DELAY_MS } from '../time/Clock.js';
import { Queue } from '../basics/Queue.js';
import type { VirtualScheduler } from './VirtualScheduler.js';

/** A timer or task of the clock. */
interface Task {
  readonly callback: () => void;
  /** The length of the chain of timers that led to it, with only timers in between. */
  readonly generation: number;
}

interface Timer extends Task {
  readonly at: number;
}

/** A chain of timers that only set further timers, as heartbeats and reconnects do, keeps a run alive up to this length. */
const LONGEST_CHAIN = 256;
/** After this many readings of the clock in one task its time slice is used up: about 150 messages. */
const READINGS = 32;
/** Longer than any time slice, in ms. */
const SLICE_MS = 4;
/** The count of a task whose time slice is used up. */
const SLICE_EVENTS = 200;

/** The clock of a run: the timers of sockets are actions of the run's scheduler. */
export class VirtualClock implements Clock {
  readonly #scheduler: VirtualScheduler;
  readonly #maxEvents: number;
  readonly #tasks = new Queue<Task>();
  /** By time, then in the order of the calls. */
  readonly #timers: Timer[] = [];
  /** Tasks and timers that are not at the end of a long chain. */
  #lively = 0;
  /** Actions of the scheduler that belong to this clock. */
  #ours = 0;
  #alarm: { readonly at: number; readonly action: Subscription } | undefined;
  #generation = 0;
  #readings = 0;
  #readAt = 0;
  #events = 0;
  #standing = 0;
  #standingAt = 0;
  #over = false;
  readonly #openNow: () => readonly string[];

  /** @param open what the run has open, for the error of an endless run */
  constructor(scheduler: VirtualScheduler, maxEvents: number, open: () => readonly string[] = () => []) {
    this.#openNow = open;
    this.#scheduler = scheduler;
    this.#maxEvents = maxEvents;
    scheduler.onAction = () => this.#begin(0);
    scheduler.onScheduled = () => this.#arm();
  }

  readonly now = (): number => this.#scheduler.frame;

  /** Stands still within a task, until the task has read it so often that its time slice is used up. */
  readonly realMs = (): number => {
    const { frame } = this.#scheduler;
    if (frame !== this.#readAt) this.#readings = 0;
    this.#readAt = frame;
    this.#readings += 1;
    if (this.#readings <= READINGS) return frame;
    if (this.#readings === READINGS + 1) this.#count(SLICE_EVENTS);
    return frame + SLICE_MS;
  };

  readonly wallNs = (): bigint => BigInt(Math.round(this.#scheduler.frame * 1e6));

  readonly soon = (callback: () => void): void => {
    if (this.#over) return;
    this.#tasks.push(this.#enlist({ callback, generation: this.#generation }));
    this.#ours += 1;
    this.#scheduler.enqueue(this.#runTask, 0);
  };

  readonly afterIO = this.soon;

  readonly after = (ms: number, callback: () => void): (() => void) => {
    if (this.#over || ms >= LONGEST_DELAY_MS) return () => undefined; // never within a run
    const timer = { callback, generation: this.#generation + 1, at: this.#scheduler.frame + ms };
    let place = this.#timers.length;
    while (place > 0 && this.#timers[place - 1]!.at > timer.at) place -= 1;
    this.#timers.splice(place, 0, this.#enlist(timer));
    this.#arm();
    return () => this.#cancel(timer);
  };

  /** The running action had an effect: its timers begin a new chain. */
  progress(): void {
    this.#generation = 0;
  }

  /** Runs the remaining tasks without the scheduler, ignores their errors, and stops the clock. */
  finish(): void {
    for (let i = 0; i < this.#maxEvents && this.#tasks.size > 0; i += 1) {
      try {
        this.#tasks.shift()?.callback();
      } catch {
        // the run has failed already, for another reason
      }
    }
    this.#over = true;
    this.#tasks.clear();
    this.#timers.length = 0;
  }

  #enlist<T extends Task>(task: T): T {
    if (task.generation <= LONGEST_CHAIN) this.#lively += 1;
    return task;
  }

  #delist(task: Task): void {
    if (task.generation <= LONGEST_CHAIN) this.#lively -= 1;
  }

  #cancel(timer: Timer): void {
    const place = this.#timers.indexOf(timer);
    if (place < 0) return;
    this.#timers.splice(place, 1);
    this.#delist(timer);
  }

  /** Schedules the next timer, if there is anything to wait for. */
  #arm(): void {
    const [next] = this.#timers;
    if (next === undefined || this.#over || (this.#alarm && this.#alarm.at <= next.at)) return;
    if (this.#lively === 0 && this.#scheduler.actions.length <= this.#ours) return;
    if (this.#alarm) this.#alarm.action.unsubscribe();
    else this.#ours += 1;
    const delay = Math.max(0, next.at - this.#scheduler.frame);
    this.#alarm = { at: next.at, action: this.#scheduler.enqueue(this.#ring, delay) };
  }

  readonly #ring = (): void => {
    this.#alarm = undefined;
    this.#ours -= 1;
    for (let due = this.#timers.filter(({ at }) => at <= this.#scheduler.frame); due.length > 0; due = due.slice(1)) {
      if (!this.#timers.includes(due[0]!)) continue; // an earlier one has cancelled it
      this.#cancel(due[0]!);
      this.#run(due[0]!);
    }
    this.#arm();
  };

  readonly #runTask = (): void => {
    this.#ours -= 1;
    const task = this.#tasks.shift();
    if (task === undefined) return;
    this.#delist(task);
    this.#run(task);
    this.#arm();
  };

  #run({ callback, generation }: Task): void {
    this.#begin(generation);
    callback();
    this.#generation = 0;
  }

  #begin(generation: number): void {
    this.#generation = generation;
    this.#readings = 0;
    this.#count(1);
    if (this.#events > this.#maxEvents) this.#giveUp();
  }

  #count(events: number): void {
    const { frame } = this.#scheduler;
    this.#standing = frame === this.#standingAt ? this.#standing + events : events;
    this.#standingAt = frame;
    this.#events += events;
  }

  #giveUp(): never {
    const { frame } = this.#scheduler;
    const stands = this.#standing > this.#maxEvents / 2;
    const open = this.#openNow();
    this.#events = 0; // so that the rest can be cleaned up
    throw new VirtualTimeError(
      `${this.#maxEvents} events, and no end: ${
        stands ? `time stands still at ${frame} ms` : `it is ${frame} ms by now`
      }; look for what goes on for ever (an interval, a repeat, a loop of pipelines), or raise maxEvents${
        open.length === 0 ? '' : `. Open are ${open.join(', ')}`
      }`,
    );
  }
}

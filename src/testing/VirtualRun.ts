import { from, type Observable, type ObservableInput, type Subscription } from 'rxjs';
import { type RunHelpers, TestScheduler } from 'rxjs/testing';
import { OptionError, VirtualTimeError } from '../errors.js';
import type { Comparison } from './compare/difference.js';
import { isArrayOfNumbers } from './compare/shapes.js';
import { Expectation } from './Expectation.js';
import type { ExpectOptions, FeedOptions } from './RemotePeer.js';
import { frames } from './frames.js';
import { letterFrame } from './letterFrame.js';
import type { EndpointExpectation, ObservableExpectation, VirtualHelpers } from './VirtualHelpers.js';
import type { VirtualScheduler } from './VirtualScheduler.js';
import type { RunEnvironment } from './RunEnvironment.js';

interface SubscriptionLog {
  readonly subscribedFrame: number;
  readonly unsubscribedFrame: number;
}

/** A `cold` or `hot` of the test. */
interface Logged {
  readonly name: string;
  readonly subscriptions: readonly SubscriptionLog[];
}

/** One run: its helpers, and the calls of them. */
export class VirtualRun {
  readonly helpers: VirtualHelpers;
  readonly #scheduler: VirtualScheduler;
  readonly #environment: RunEnvironment;
  readonly #how: Comparison;
  readonly #rx: RunHelpers;
  readonly #expectations: Expectation[] = [];
  readonly #checks: (() => string | undefined)[] = [];
  readonly #logged: Logged[] = [];

  constructor(scheduler: VirtualScheduler, environment: RunEnvironment, rx: RunHelpers, how: Comparison) {
    this.#scheduler = scheduler;
    this.#environment = environment;
    this.#rx = rx;
    this.#how = how;
    const expectEndpoint = (endpoint: string, options: ExpectOptions = {}): EndpointExpectation =>
      this.#expectEndpoint(endpoint, options);
    this.helpers = {
      cold: (marbles, values, error) => this.#log(`cold('${marbles}')`, rx.cold(marbles, values, error)),
      hot: (marbles, values, error) => this.#log(`hot('${marbles}')`, rx.hot(marbles, values, error)),
      time: rx.time,
      animate: rx.animate,
      expectSubscriptions: (logs) => ({ toBe: (marbles) => this.#expectSubscriptions(logs, marbles) }),
      expectObservable: (source, subscription) => this.#expectObservable(source, subscription ?? '^'),
      flush: () => this.flush(),
      run: (pipeline, subscription = '^') => this.#run(pipeline, subscription),
      frames,
      feed: (endpoint: string, marbles: string, values?: object, options: object = {}) =>
        this.#feed(endpoint, marbles, values, options),
      expectEndpoint: expectEndpoint as VirtualHelpers['expectEndpoint'],
      room: (endpoint, marbles) => {
        const remote = environment.remote(endpoint);
        remote.hasRoomMarbles = true;
        this.#switch('room', marbles, '01', (state) => remote.gate.set(state === '1'));
      },
      presence: (endpoint, marbles) => this.#presence(endpoint, marbles),
    };
  }

  /** Lets time pass, and checks the expectations. */
  flush(): void {
    this.#environment.meetOpen();
    this.#rx.flush();
    this.#requireHealth();
    const { endpoints } = this.#environment;
    const hint = `\n  the endpoints that were opened: ${endpoints.length === 0 ? 'none' : endpoints.join(', ')}`;
    const faults = [
      ...this.#expectations.map((expectation) => expectation.check(this.#how, hint)),
      ...this.#checks.splice(0).map((check) => check()),
    ].filter((fault) => fault !== undefined);
    if (faults.length === 0) return;
    throw Object.assign(new Error(faults.join('\n')), { name: 'AssertionError', code: 'ERR_ASSERTION' });
  }

  /** Ends the subscriptions, and checks that none is left. */
  end(): void {
    for (const remote of this.#environment.remotes) {
      if (!remote.met && remote.held > 0) {
        const { endpoints } = this.#environment;
        this.#environment.fail(
          `feed('${remote.endpoint}'): it was never opened, and ${remote.held} of its values were not sent; open were ${endpoints.join(', ') || 'none'}`,
        );
      }
    }
    this.#requireHealth();
    this.#environment.endSubscriptions();
    this.#rx.flush();
    this.#environment.endRemotePeers();
    this.#rx.flush();
    this.#requireHealth();
    const left = [...this.#environment.left, ...this.#subscriptionsLeft()];
    if (left.length === 0) return;
    throw new VirtualTimeError(
      `this was left open: ${left.join('; ')}. Unsubscribe it, or hand its pipeline to run() or expectObservable()`,
    );
  }

  #requireHealth(): void {
    if (this.#environment.failure) throw this.#environment.failure;
  }

  #subscriptionsLeft(): string[] {
    return this.#logged.flatMap(({ name, subscriptions }) =>
      subscriptions
        .filter(({ unsubscribedFrame }) => unsubscribedFrame === Infinity)
        .map(({ subscribedFrame }) => `a subscription of ${name} from ${subscribedFrame} ms on`),
    );
  }

  #log<T extends { readonly subscriptions: readonly SubscriptionLog[] }>(name: string, source: T): T {
    this.#logged.push({ name, subscriptions: source.subscriptions });
    return source;
  }

  #expectSubscriptions(logs: readonly SubscriptionLog[], marbles: string | readonly string[]): void {
    const diagrams = typeof marbles === 'string' ? [marbles] : marbles;
    const expected = diagrams
      .map((diagram) => TestScheduler.parseMarblesAsSubscriptions(diagram, true))
      .filter(({ subscribedFrame }) => subscribedFrame !== Infinity);
    const text = (list: readonly SubscriptionLog[]): string =>
      list.map(({ subscribedFrame: one, unsubscribedFrame: other }) => `from ${one} ms to ${other} ms`).join(', ') ||
      'none';
    this.#checks.push(() =>
      text(logs) === text(expected)
        ? undefined
        : `expectSubscriptions is not '${diagrams.join("', '")}':\n  expected  ${text(expected)}\n  got       ${text(logs)}`,
    );
  }

  #expectObservable<T>(source: Observable<T>, marbles: string): ObservableExpectation<T> {
    const expectation = new Expectation('expectObservable', this.#scheduler);
    this.#expectations.push(expectation);
    this.#during(marbles, () => expectation.hear(source));
    return {
      toBe: (expected, values, error) => expectation.toBe(expected, values ?? undefined, error),
      toEqual: (other) => this.#during(marbles, () => expectation.toEqual(other)),
    };
  }

  #run(pipeline: ObservableInput<unknown>, marbles: string): void {
    this.#during(marbles, () =>
      from(pipeline).subscribe({
        error: (error: unknown) => {
          throw error; // RxJS passes it to the scheduler, which ends the run
        },
      }),
    );
  }

  #expectEndpoint(endpoint: string, options: ExpectOptions): EndpointExpectation {
    const remote = this.#environment.remote(endpoint);
    remote.expectOptions = options;
    return {
      toBe: (marbles, values) => {
        if (/[|#]/.test(marbles)) {
          throw new OptionError(
            'marbles',
            marbles,
            `expectEndpoint('${endpoint}'): an endpoint has no end; leave out | and #`,
          );
        }
        const expectation = new Expectation(`expectEndpoint('${endpoint}')`, this.#scheduler, (frame) =>
          remote.whyMissed(frame),
        );
        this.#expectations.push(expectation);
        this.#environment.manage(expectation.hear(remote.output));
        const valueOf = options.codec === undefined && values === undefined ? letterFrame : undefined;
        expectation.toBe(marbles, values, undefined, valueOf);
      },
    };
  }

  #feed(endpoint: string, marbles: string, values: object | undefined, options: FeedOptions): void {
    const remote = this.#environment.remote(endpoint);
    remote.feedOptions = options;
    for (const { frame, notification } of TestScheduler.parseMarbles(marbles, undefined, undefined, false, true)) {
      if (notification.kind === 'N') {
        const value = fedValue(endpoint, String(notification.value), values, options.codec === undefined);
        this.#scheduler.schedule(() => remote.send(value), frame);
      } else {
        const { kind } = notification;
        this.#scheduler.schedule(() => (kind === 'C' ? remote.complete() : remote.abort()), frame);
      }
    }
  }

  #presence(endpoint: string, marbles: string): void {
    this.#environment.stage(endpoint);
    const states = { '0': 'gone', '1': 'there', '~': 'silent' } as const;
    this.#switch('presence', marbles, '01~', (state) => {
      if (this.#environment.reach(endpoint, states[state as keyof typeof states])) return;
      if (state === '~')
        this.#environment.fail(`presence('${endpoint}'): inproc has no silent peers; use 0 for a peer that is gone`);
      this.#environment.remote(endpoint).set(state === '1');
    });
  }

  /** The first state applies before anything happens. */
  #switch(name: string, marbles: string, states: string, set: (state: string) => void): void {
    for (const { frame, notification } of TestScheduler.parseMarbles(marbles, undefined, undefined, false, true)) {
      const state = notification.kind === 'N' ? String(notification.value) : notification.kind;
      if (!states.includes(state)) {
        throw new OptionError(
          'marbles',
          marbles,
          `${name}: '${marbles}' may have only ${Array.from(states).join(', ')} and -`,
        );
      }
      if (frame === 0) set(state);
      else this.#scheduler.schedule(() => set(state), frame);
    }
  }

  /** Subscribes as the marbles say, until the run ends. */
  #during(marbles: string, subscribe: () => Subscription): void {
    const { subscribedFrame, unsubscribedFrame } = TestScheduler.parseMarblesAsSubscriptions(marbles, true);
    let subscription: Subscription | undefined;
    this.#scheduler.schedule(
      () => {
        subscription = this.#environment.manage(subscribe());
      },
      subscribedFrame === Infinity ? 0 : subscribedFrame,
    );
    if (unsubscribedFrame !== Infinity) this.#scheduler.schedule(() => subscription?.unsubscribe(), unsubscribedFrame);
  }
}

function fedValue(endpoint: string, letter: string, values: object | undefined, isFrame: boolean): unknown {
  if (values === undefined) return isFrame ? letterFrame(letter) : letter;
  const value = (values as Readonly<Record<string, unknown>>)[letter];
  if (value === undefined) {
    throw new OptionError('values', values, `feed('${endpoint}'): there is no value for '${letter}'`);
  }
  return isFrame && Array.isArray(value) && isArrayOfNumbers(value) ? new Float32Array(value) : value;
}

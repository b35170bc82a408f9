import { type EnvironmentProviders, isSignal, makeEnvironmentProviders, signal, type Signal } from '@angular/core';
import { identity, type Observable, type NextObserver } from 'rxjs';
import { checkOptions, isEither, isFunction, isOneOf, type Rule } from '../options/rules.js';
import { isListener } from '../rx/notifier.js';
import { observableOf } from '../rx/observableOf.js';
import { CONNECTION_STATES, type ConnectionState, ConnectionStates } from './client/ConnectionStates.js';
import { PACING } from './client/PACING.js';
import { Rxzmq } from './Rxzmq.js';
import { FakeClient } from './testing/FakeClient.js';

/** What plays the gateway in a test. The keys are the endpoints as the application names them. */
export interface RxzmqTestingOptions {
  /** What `fromSub` and `fromPull`, and so `subResource`, emit: a Subject that the test feeds, or a marble diagram. */
  readonly sources?: Readonly<Record<string, Observable<unknown>>> | undefined;
  /** The answer to a request: a value, a Promise or an Observable of it. An error of it is the error of the request. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the test knows what the application sends there
  readonly replies?: Readonly<Record<string, (request: any) => unknown>> | undefined;
  /** Receives what `toPush` sends. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the test knows what the application sends there
  readonly sinks?: Readonly<Record<string, NextObserver<any> | ((value: any) => void)>> | undefined;
  /**
   * What `connectionState()` says. @default `'connected'` while all endpoints in use are named here, `'waiting'` if one is not,
   * `'idle'` without any
   */
  readonly state?: ConnectionState | Signal<ConnectionState> | undefined;
}

const isSource: Rule = (value) => (observableOf(value) ? undefined : 'an Observable');
const isState = isOneOf('idle', 'connected', 'connecting', 'waiting', 'refused');
const isStateSignal: Rule = (value) => (isSignal(value) ? undefined : 'a signal of one');

/** An object whose values all satisfy a rule. */
const isTable =
  (rule: Rule): Rule =>
  (value) => {
    if (typeof value !== 'object' || value === null) return 'an object with endpoints as keys';
    for (const [endpoint, one] of Object.entries(value)) {
      const expected = rule(one);
      if (expected !== undefined) return `an object with endpoints as keys, and ${expected} at '${endpoint}'`;
    }
    return undefined;
  };

/**
 * Replaces {@link Rxzmq} in tests: no socket is opened, and the test gives the values. They are shown at once, without animation frames.
 * An endpoint that is not named waits for ever, as one whose gateway is away. Subscriptions are those of the source: `subject.observed` is
 * `false` when the component has ended.
 *
 * @param options what plays each endpoint
 * @example
 * ```ts
 * const iq = new Subject<Frame>();
 * TestBed.configureTestingModule({ providers: [provideRxzmqTesting({ sources: { '/iq': iq } })] });
 * const fixture = TestBed.createComponent(RadioPage);
 * await fixture.whenStable();
 * iq.next(frame(samples, { centerFreq: 88e6 }));
 * await fixture.whenStable();
 * ```
 * @throws OptionError at the call
 */
export function provideRxzmqTesting(options: RxzmqTestingOptions = {}): EnvironmentProviders {
  checkOptions('provideRxzmqTesting', options, {
    sources: isTable(isSource),
    replies: isTable(isFunction),
    sinks: isTable(isListener),
    state: isEither(isState, isStateSignal),
  });
  const states = new ConnectionStates();
  const { state } = options;
  const fixed = typeof state === 'string' ? signal(state) : state;
  return makeEnvironmentProviders([
    { provide: Rxzmq, useFactory: () => new FakeClient(options, (status) => states.saw(status)) },
    {
      provide: CONNECTION_STATES,
      useValue: fixed ? { state: fixed, reason: signal(undefined), saw: identity } : states,
    },
    { provide: PACING, useValue: () => identity },
  ]);
}

import {
  assertInInjectionContext,
  computed,
  effect,
  inject,
  Injector,
  resource,
  type ResourceRef,
  type ValueEqualityFn,
} from '@angular/core';
import type { Endpoints } from '../driver/endpoints.js';
import type { SocketStatus } from '../driver/SocketStatus.js';
import { statusReporter, type StatusObserver } from '../endpoints/status/statusReporter.js';
import type { Frame } from '../frame/types.js';
import { requireOption } from '../options/requireOption.js';
import { isFunction } from '../options/rules.js';
import type { SampleType } from '../samples/types.js';
import type { CodecSubOptions, FrameSubOptions } from '../sources/fromSub.js';
import { briefly } from './client/briefly.js';
import { newest } from './client/newest.js';
import { onServer } from './client/onServer.js';
import { PACING } from './client/PACING.js';
import { Rxzmq } from './Rxzmq.js';

/** Options of a resource, as those of `resource`. */
export interface SubResourceOptions<T> {
  /** The injector in place of the injection context; the socket closes with it. */
  readonly injector?: Injector | undefined;
  /** The value while there is no frame. @default undefined */
  readonly defaultValue?: NoInfer<T> | undefined;
  /** Whether a new value counts as the same. @default never for Frames, as each is an object of its own */
  readonly equal?: ValueEqualityFn<T> | undefined;
}

/** Options of {@link subResource} for Frames, with those of `fromSub`. */
export interface FrameSubResourceOptions<S extends SampleType = SampleType>
  extends FrameSubOptions, SubResourceOptions<Frame<S>> {
  readonly sampleType?: S | undefined;
}
/** Options of {@link subResource} with a codec, with those of `fromSub`. */
export interface CodecSubResourceOptions<T> extends CodecSubOptions<T>, SubResourceOptions<T> {}

interface AnyOptions extends SubResourceOptions<unknown> {
  readonly status?: StatusObserver | undefined;
}

/**
 * The newest frame of a PUB socket as a resource: at most one value each animation frame, and the gateway sends no more than that.
 *
 * It opens its socket when `endpoint` gives one, changes it with the signals that `endpoint` reads, and closes it with the component. On a server,
 * and while `endpoint` gives `undefined`, it is `'idle'`. `'loading'` lasts until the first frame, and keeps neither the application
 * from being stable nor a server from answering. A refused token, path or type is an `'error'` until the gateway accepts it, and so is what `fromSub`
 * throws. While the gateway is away, the last frame stays: {@link connectionState} tells. `reload()` opens the socket anew.
 *
 * @param endpoint called as a `computed` is: it may read signals
 * @param options those of `fromSub` and of `resource`
 * @throws NG0203 outside an injection context, without `injector`
 * @throws OptionError if `endpoint` is no function
 * @example
 * ```ts
 * readonly iq = subResource(() => (this.listening() ? '/iq' : undefined), { sampleType: 'cf32' });
 * // @if (iq.hasValue()) { {{ iq.value().centerFreq }} } @else { {{ iq.status() }} }
 * ```
 * @see {@link drawFrames}, for what a canvas shows: without change detection
 */
export function subResource<S extends SampleType>(
  endpoint: () => Endpoints | undefined,
  options: FrameSubResourceOptions<S> & { readonly sampleType: S; readonly defaultValue: NoInfer<Frame<S>> },
): ResourceRef<Frame<S>>;
export function subResource<S extends SampleType>(
  endpoint: () => Endpoints | undefined,
  options: FrameSubResourceOptions<S> & { readonly sampleType: S },
): ResourceRef<Frame<S> | undefined>;
export function subResource<T>(
  endpoint: () => Endpoints | undefined,
  options: CodecSubResourceOptions<T> & { readonly defaultValue: NoInfer<T> },
): ResourceRef<T>;
export function subResource<T>(
  endpoint: () => Endpoints | undefined,
  options: CodecSubResourceOptions<T>,
): ResourceRef<T | undefined>;
export function subResource(
  endpoint: () => Endpoints | undefined,
  options: FrameSubResourceOptions & { readonly defaultValue: Frame },
): ResourceRef<Frame>;
export function subResource(
  endpoint: () => Endpoints | undefined,
  options?: FrameSubResourceOptions,
): ResourceRef<Frame | undefined>;
export function subResource(endpoint: () => Endpoints | undefined, options: unknown = {}): unknown {
  if (!(options as AnyOptions).injector) assertInInjectionContext(subResource);
  requireOption('subResource', 'endpoint', endpoint, isFunction);
  const { injector = inject(Injector), defaultValue, equal, status, ...rest } = options as AnyOptions;
  const client = injector.get(Rxzmq);
  const paced = injector.get(PACING);
  const silent = onServer(injector);
  const report = statusReporter(status);
  const brief = briefly(injector);
  const wanted = computed(() => (silent ? undefined : endpoint()));
  let open = new AbortController();
  const made = resource<unknown, Endpoints | undefined>({
    params: wanted,
    stream: ({ params, abortSignal }) => {
      open = new AbortController();
      const source = (watch: (status: SocketStatus) => void) => {
        const both = (event: SocketStatus): void => {
          watch(event);
          report(event);
        };
        return client.fromSub(params, { conflate: true, ...rest, status: both }).pipe(paced());
      };
      return newest<unknown>(source, defaultValue, eitherAborted(abortSignal, open), brief.hold);
    },
    injector: brief.injector,
    ...(defaultValue !== undefined && { defaultValue }),
    ...(equal && { equal }),
  });
  // A resource of Angular that becomes idle goes on with what it has loaded.
  effect(() => isIdle(wanted) && open.abort(), { injector });
  return made;
}

function isIdle(wanted: () => unknown): boolean {
  try {
    return wanted() === undefined;
  } catch {
    return true; // the resource has the error
  }
}

/** Aborts `own` with the other signal too, and gives its signal. */
function eitherAborted(signal: AbortSignal, own: AbortController): AbortSignal {
  signal.addEventListener('abort', () => own.abort(), { once: true });
  return own.signal;
}

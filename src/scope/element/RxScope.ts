import type { Observable } from 'rxjs';
import type { Codec } from '../../codecs/Codec.js';
import type { WebOptions } from '../../endpoints/webOptions.js';
import type { Frame } from '../../frame/types.js';
import { defaultClock } from '../../rx/defaultClock.js';
import type { SpectrumLine } from '../../spectrum/SpectrumLine.js';
import { levelText } from '../../spectrum/text.js';
import type { ScopeCommand } from '../core/keys.js';
import type { ScopeState } from '../core/state.js';
import { Scope } from '../Scope.js';
import type { ScopeOptions } from '../ScopeOptions.js';
import type { ScopeReadings } from '../view/ScopeReadings.js';
import { OPTION_ATTRIBUTES, optionsOf } from './attributes.js';
import { Base, createCanvas, createElement, dom, type PageElement } from './dom.js';
import { openSource } from './openSource.js';
import { outsideZones } from './outsideZones.js';
import { style } from './style.js';
import { Toolbar } from './Toolbar.js';

/** How often the description for those who do not see the picture is renewed, in ms. */
const DESCRIBED_MS = 2000;

/**
 * The element `<rx-scope>`: a {@link Scope} with buttons.
 *
 * Attribute `src` is the endpoint, such as `/iq` or `wss://host/iq`; attribute `bare` leaves the buttons out; the others are the options
 * of a scope, as `peak-hold` and `rows-per-second`. What is no text is a property: `token`, `codec`, and `frames`, an Observable to
 * show instead of an endpoint. Event `readings` has what is shown as numbers, in `detail`.
 */
export class RxScope extends Base {
  static readonly observedAttributes = ['src', 'bare', ...OPTION_ATTRIBUTES];
  #token: WebOptions['token'];
  #codec: Codec<Frame | SpectrumLine, never, unknown> | undefined;
  #frames: Observable<Frame | SpectrumLine> | undefined;
  #worker: ScopeOptions['worker'];
  #shadow: PageElement | undefined;
  #canvas: PageElement | undefined;
  #toolbar: Toolbar | undefined;
  #scope: Scope | undefined;
  #isAsked = false;
  #describedMs = -Infinity;

  /** Shows a gateway who the page is, as option `token` of {@link fromSub}. */
  get token(): WebOptions['token'] {
    return this.#token;
  }
  set token(token: WebOptions['token']) {
    this.#token = token;
    this.#restart();
  }

  /** Decodes what comes from `src`. @default frames and lines are told apart */
  get codec(): Codec<Frame | SpectrumLine, never, unknown> | undefined {
    return this.#codec;
  }
  set codec(codec: Codec<Frame | SpectrumLine, never, unknown> | undefined) {
    this.#codec = codec;
    this.#restart();
  }

  /** A stream to show instead of what comes from `src`. */
  get frames(): Observable<Frame | SpectrumLine> | undefined {
    return this.#frames;
  }
  set frames(frames: Observable<Frame | SpectrumLine> | undefined) {
    this.#frames = frames;
    this.#restart();
  }

  /** Option `worker` of {@link Scope}. */
  get worker(): ScopeOptions['worker'] {
    return this.#worker;
  }
  set worker(worker: ScopeOptions['worker']) {
    this.#worker = worker;
    this.#restart();
  }

  /** What is shown, as numbers. */
  get readings(): ScopeReadings | undefined {
    return this.#scope?.readings;
  }

  /** Does what a key does. */
  command(command: ScopeCommand): void {
    this.#scope?.command(command);
  }

  /** The page calls it once the element is in a document. */
  connectedCallback(): void {
    this.#upgrade();
    this.#restart();
  }

  /** The page calls it once the element is in no document any more: the socket and the worker are closed. */
  disconnectedCallback(): void {
    this.#close();
  }

  /** The page calls it when an attribute in `observedAttributes` has changed: the scope starts anew with it. */
  attributeChangedCallback(_name: string, before: string | null, now: string | null): void {
    if (before !== now) this.#restart();
  }

  /** What was set before the element was defined hides the properties of its class. */
  #upgrade(): void {
    const own = this as unknown as Record<string, unknown>;
    for (const name of ['token', 'codec', 'frames', 'worker']) {
      if (!Object.hasOwn(own, name)) continue;
      const value = own[name];
      Reflect.deleteProperty(own, name);
      own[name] = value;
    }
  }

  /** Starts anew with what is set by then: several changes in one task are one start. */
  #restart(): void {
    if (!this.isConnected || this.#isAsked) return;
    this.#isAsked = true;
    void Promise.resolve().then(() => {
      this.#isAsked = false;
      if (this.isConnected) outsideZones(() => this.#start());
    });
  }

  #start(): void {
    this.#close();
    const shadow = (this.#shadow ??= this.#fill());
    const canvas = createCanvas(); // one that a worker has had cannot be had back
    if (this.#canvas) this.#canvas.replaceWith(canvas);
    else shadow.append(canvas);
    this.#canvas = canvas;
    canvas.setAttribute('part', 'canvas');
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', 'spectrum and waterfall');
    this.#toolbar ??= new Toolbar((command) => this.command(command));
    if (this.hasAttribute('bare')) this.#toolbar.element.remove();
    else shadow.append(this.#toolbar.element);

    const options = { ...optionsOf(this), worker: this.#worker, onReadings: this.#read };
    let scope: Scope;
    try {
      scope = new Scope(canvas, options, this);
    } catch (error) {
      // what an attribute says: the badge names it
      this.#scope = new Scope(canvas, { onReadings: this.#read }, this);
      this.#scope.link(wrong(error));
      return;
    }
    this.#scope = scope;
    try {
      this.#show(scope, options.coverage ?? 'newest');
    } catch (error) {
      scope.link(wrong(error));
    }
  }

  #show(scope: Scope, coverage: string): void {
    const src = this.getAttribute('src');
    if (this.#frames !== undefined) scope.show(this.#frames);
    else if (src !== null && src !== '') {
      scope.link({ kind: 'busy', text: 'connecting' });
      const conflate = coverage === 'newest';
      const { status } = scope;
      scope.show(openSource({ src, token: this.#token, codec: this.#codec, conflate, status }));
    } else
      scope.link({ kind: 'busy', text: 'no source', reason: 'attribute src, or property frames, says what to show' });
  }

  #close(): void {
    this.#scope?.close();
    this.#scope = undefined;
  }

  #fill(): PageElement {
    const shadow = this.attachShadow({ mode: 'open' });
    const sheet = createElement('style');
    sheet.textContent = style;
    shadow.append(sheet);
    return shadow;
  }

  readonly #read = (readings: ScopeReadings): void => {
    this.#toolbar?.update(readings);
    if (this.getAttribute('data-theme') !== readings.theme) this.setAttribute('data-theme', readings.theme);
    this.#describe(readings);
    if (dom.CustomEvent) this.dispatchEvent(new dom.CustomEvent('readings', { detail: readings }));
  };

  #describe({ state, figures, marker }: ScopeReadings): void {
    const nowMs = defaultClock.now();
    if (nowMs - this.#describedMs < DESCRIBED_MS) return;
    this.#describedMs = nowMs;
    const at = marker ? `; marker at ${(marker.frequency / 1e6).toFixed(6)} MHz, ${levelText(marker.level)} dBFS` : '';
    const text = `spectrum and waterfall, ${state.text}; peak ${levelText(figures.peakDb)} dBFS${at}`;
    this.#canvas?.setAttribute('aria-label', text);
  }
}

function wrong(error: unknown): ScopeState {
  return { kind: 'bad', text: 'wrong', reason: error instanceof Error ? error.message : String(error) };
}

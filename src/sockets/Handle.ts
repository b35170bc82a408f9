import { utf8Of } from '../basics/utf8.js';
import { defer, type Observable, type OperatorFunction, throwError } from 'rxjs';
import { MAX_BUFFERED } from '../demand/overflow.js';
import { OptionError, UnsupportedError } from '../errors.js';
import { copyParts } from '../memory/copyParts.js';
import type { Endpoints } from '../driver/endpoints.js';
import { FROM } from '../rx/links.js';
import { operate } from '../rx/operate.js';
import { checkOptions, isBoolean, isDemand, isInteger, isPatience, isSignal, type Rule } from '../options/rules.js';
import type { Socket } from '../driver/Socket.js';
import type { SocketType } from '../driver/SocketSettings.js';
import { describe } from '../basics/describe.js';
import { requireSecurable } from '#platform';
import type { SocketStatus } from '../driver/SocketStatus.js';
import { speaksWeb } from '../driver/webEndpoints.js';
import { choosesNative } from '../platform/choosesNative.js';
import { checkSocketEndpoints } from './checkSocketEndpoints.js';
import { type Kind, kinds } from './kinds.js';
import { isRoutingId } from './optionRules.js';
import { keepSession } from './sessions.js';
import { PromisedSend } from './PromisedSend.js';
import { GROUP_RULE, groupBytes, isRoutingNumber, numberBytes } from './shapes.js';
import { SinkFlow } from './SinkFlow.js';
import type { CloseOptions, SendOptions, SocketSinkOptions } from './SocketHandle.js';
import type { SocketPlan } from './socketPlan.js';
import { SocketSession } from './SocketSession.js';

const SENT = /* @__PURE__ */ Promise.resolve();

/**
 * The object that `openSocket` returns. It has all methods, and each type supports some of them: TypeScript checks that, and so
 * does each method when it is called.
 */
export class Handle {
  readonly type: SocketType;
  readonly #of: string;
  readonly #kind: Kind;
  readonly #plan: SocketPlan;
  readonly #session: SocketSession;
  #groups: ReadonlySet<string> = new Set<string>();

  constructor(plan: SocketPlan) {
    this.type = plan.settings.type;
    this.#of = `openSocket('${this.type}')`;
    this.#kind = kinds[this.type];
    this.#plan = plan;
    this.#session = new SocketSession(plan);
    keepSession(this, this.#session);
  }

  get opened(): Promise<readonly string[]> {
    return this.#session.endpoints.opened;
  }

  get status(): Observable<SocketStatus> {
    return this.#session.status;
  }

  get messages(): Observable<unknown> {
    if (this.#kind.receives === undefined) throw this.#cannot('has no messages: sockets of this type only send');
    return this.#session.reader.messages;
  }

  bind(endpoints: Endpoints): this {
    const checked = this.#check(endpoints, { bind: true });
    if (this.#session.isOpen('bind')) for (const endpoint of checked) this.#session.endpoints.bind(endpoint);
    return this;
  }

  connect(endpoints: Endpoints, options?: object): this {
    if (this.#kind.connects === false) throw this.#cannot('cannot connect: sockets of this type only bind');
    const checked = this.#check(endpoints, { bind: false });
    const id = this.#routingId(options);
    if (this.#session.isOpen('connect')) for (const endpoint of checked) this.#session.endpoints.connect(endpoint, id);
    return this;
  }

  unbind(endpoints: Endpoints): this {
    if (!this.#session.isOpen('bind')) return this;
    for (const endpoint of listOf(endpoints)) this.#session.endpoints.unbind(endpoint);
    return this;
  }

  disconnect(endpoints: Endpoints): this {
    if (this.#kind.connects === false) throw this.#cannot('cannot disconnect: sockets of this type only bind');
    if (!this.#session.isOpen('connect')) return this;
    for (const endpoint of listOf(endpoints)) this.#session.endpoints.disconnect(endpoint);
    return this;
  }

  subscribe(...topics: readonly (string | Uint8Array)[]): this {
    return this.#subscribe(topics, (socket, topic) => socket.subscribe(topic));
  }

  unsubscribe(...topics: readonly (string | Uint8Array)[]): this {
    return this.#subscribe(topics, (socket, topic) => socket.unsubscribe(topic));
  }

  join(...groups: readonly string[]): this {
    const joined = new Set(this.#groups);
    const checked = this.#checkGroups(groups).map((group) => {
      const bytes = groupBytes(group);
      if (bytes === undefined) throw this.#wrongGroup(group, `must be ${GROUP_RULE}`);
      if (joined.has(group)) throw this.#wrongGroup(group, 'is joined already');
      joined.add(group);
      return bytes;
    });
    this.#groups = joined; // all of them, or none
    for (const bytes of checked) this.#session.whenOpen((socket) => socket.join(bytes));
    return this;
  }

  leave(...groups: readonly string[]): this {
    const joined = new Set(this.#groups);
    const checked = this.#checkGroups(groups).map((group) => {
      const bytes = groupBytes(group);
      if (bytes === undefined || !joined.delete(group)) throw this.#wrongGroup(group, 'is not joined');
      return bytes;
    });
    this.#groups = joined;
    for (const bytes of checked) this.#session.whenOpen((socket) => socket.leave(bytes));
    return this;
  }

  send(message: unknown, options: SendOptions = {}): Promise<void> {
    try {
      return this.#send(message, options);
    } catch (error) {
      return rejected(error);
    }
  }

  sink(options: SocketSinkOptions = {}): OperatorFunction<unknown, unknown> {
    const { sends } = this.#kind;
    if (sends === undefined) throw this.#cannot('has no sink: sockets of this type only receive');
    checkOptions(`${this.#of}: sink`, options, { zeroCopy: isBoolean, demand: isDemand, maxBuffered: isInteger(0) });
    const { zeroCopy = false, maxBuffered = MAX_BUFFERED } = options;
    const { sender } = this.#session;
    const encode = (message: unknown) => sends.encode(this.type, message);
    const refuser = () => ({ of: `${this.#of}: sink`, endpoints: this.#session.endpoints.names });
    const settings = { sender, encode, zeroCopy, maxBuffered, refuser };
    const flow = operate<unknown, unknown>((out, gate) => new SinkFlow(settings, out, gate), options);
    return (source) => {
      const sent = flow(source);
      const whenOpen = defer(() => {
        const { ended } = this.#session;
        return ended ? throwError(() => ended) : sent;
      });
      return Object.assign(whenOpen, { [FROM]: sent });
    };
  }

  close(options: CloseOptions = {}): Promise<void> {
    try {
      checkOptions(`${this.#of}: close`, options, { lingerMs: isPatience(0) });
    } catch (error) {
      return rejected(error);
    }
    this.#session.close(options.lingerMs ?? this.#plan.lingerMs);
    return this.#session.gone;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #send(message: unknown, options: SendOptions): Promise<void> {
    const { sends } = this.#kind;
    if (sends === undefined) throw this.#cannot('cannot send: sockets of this type only receive');
    checkOptions(`${this.#of}: send`, options, { signal: isSignal, zeroCopy: isBoolean });
    const { signal, zeroCopy = false } = options;
    const { sender, ended } = this.#session;
    const parts = sends.encode(this.type, message);
    signal?.throwIfAborted();
    if (ended) throw ended;
    if (sender.write(parts, zeroCopy)) {
      sender.resume();
      return SENT;
    }
    const pending = new PromisedSend(zeroCopy ? parts : copyParts(parts), sender, signal);
    sender.post(pending);
    return pending.settled;
  }

  #subscribe(topics: readonly unknown[], step: (socket: Socket, topic: Uint8Array) => void): this {
    const { manual, manualLastValue } = this.#plan.settings.options;
    const { subscribes } = this.#kind;
    if (subscribes === 'manually' && manual !== true && manualLastValue !== true) {
      throw this.#cannot("cannot subscribe for its peers without option 'manual'");
    }
    if (subscribes === undefined) throw this.#cannot('cannot subscribe: sub and xsub sockets do that');
    const all = topics.length === 0 ? [''] : topics;
    for (const topic of all) {
      if (typeof topic === 'string' || topic instanceof Uint8Array) continue;
      const text = `${this.#of}: a topic must be a string or Uint8Array, got ${describe(topic)}`;
      throw new OptionError('topic', topic, text);
    }
    if (!this.#session.isOpen('receive')) return this;
    for (const topic of all as readonly (string | Uint8Array)[]) {
      const bytes = typeof topic === 'string' ? utf8Of(topic) : topic.slice();
      this.#session.whenOpen((socket) => step(socket, bytes));
    }
    return this;
  }

  #checkGroups(groups: readonly string[]): readonly string[] {
    if (this.#kind.joins !== true) throw this.#cannot('has no groups: only dish sockets join them');
    return this.#session.isOpen('receive') ? groups : [];
  }

  #check(endpoints: unknown, { bind }: { readonly bind: boolean }): readonly string[] {
    const { security, driver } = this.#plan.options;
    const isNative = choosesNative(driver);
    const checked = checkSocketEndpoints(this.type, endpoints, bind, isNative);
    if (security) {
      for (const endpoint of checked)
        requireSecurable(this.#of, security, endpoint, speaksWeb(endpoint, bind, isNative));
    }
    this.#session.requireDriver(checked, bind);
    return checked;
  }

  #routingId(options: unknown): Uint8Array | undefined {
    if (options === undefined) return undefined;
    const { names } = this.#kind;
    if (names === undefined)
      throw this.#cannot('takes no options of connect: router, stream and peer sockets name peers');
    const isNumber: Rule = (value) => (isRoutingNumber(value) ? undefined : 'an integer from 1 to 4294967295');
    checkOptions(`${this.#of}: connect`, options, { routingId: names === 'number' ? isNumber : isRoutingId });
    const { routingId } = options as { readonly routingId?: string | number | Uint8Array };
    if (typeof routingId === 'number') return numberBytes(routingId);
    return typeof routingId === 'string' ? utf8Of(routingId) : routingId?.slice();
  }

  #wrongGroup(group: string, reason: string): OptionError {
    return new OptionError('group', group, `${this.#of}: the group ${describe(group)} ${reason}`);
  }

  #cannot(reason: string): UnsupportedError {
    return new UnsupportedError(`${this.#of} ${reason}`);
  }
}

function listOf(endpoints: Endpoints): readonly string[] {
  return typeof endpoints === 'string' || !Array.isArray(endpoints) ? [endpoints as string] : (endpoints as string[]);
}

/** A rejection that does not count as unhandled if no caller handles it. */
function rejected(error: unknown): Promise<never> {
  const promise = Promise.reject(error); // eslint-disable-line @typescript-eslint/prefer-promise-reject-errors -- it is what was thrown
  promise.catch(() => undefined);
  return promise;
}

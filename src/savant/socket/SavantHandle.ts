import type { SocketStatus } from '../../driver/SocketStatus.js';
import type { SavantSocketSettings } from '../config/savantSocketSettings.js';
import type { SocketOperation } from '../../errors.js';
import { Lifetime } from './Lifetime.js';
import { Opening } from './Opening.js';

/** The open objects between a start and its shutdown. */
export interface HandleSession {
  readonly channel: { readonly endpoint: string };
  readonly opening: Opening;
  /** It has failed: nothing more is sent or received. */
  failure: Error | undefined;
}

/** The callbacks of the channel of a session: the same for readers and writers. */
export interface SessionListener {
  status(status: SocketStatus): void;
  failed(error: Error): void;
  closed(): void;
}

/** The handle of a reader or writer, from its start to its shutdown, and to the next start if it has one. */
export abstract class SavantHandle<Session extends HandleSession> {
  protected readonly lifetime: Lifetime;
  protected session: Session | undefined;
  /** The end of a session that the next one has to wait for, until it is over. */
  protected ending: Promise<void> | undefined;
  /** That of the last start, until its shutdown. */
  #opening: Opening | undefined;
  readonly #socket: SavantSocketSettings;

  /** @param restarts it can be started again after a shutdown */
  constructor(what: 'reader' | 'writer', socket: SavantSocketSettings, { restarts }: { readonly restarts: boolean }) {
    this.#socket = socket;
    this.lifetime = new Lifetime(what, restarts);
  }

  async start(): Promise<string> {
    this.lifetime.start(this.endpoint);
    const opening = (this.#opening = new Opening(this.#socket.bind));
    if (this.ending) {
      await this.ending;
      if (this.#opening !== opening) return opening.done; // it was shut down meanwhile, which is the error
    }
    const session = (this.session = this.open(opening));
    this.started();
    try {
      return await opening.done;
    } catch (error) {
      // after a shutdown, that call ends the session: a message may still be on its way
      if (this.session === session && this.#opening === opening) {
        this.session = undefined;
        this.lifetime.unstart();
        this.abandon(session, error);
      }
      throw error;
    }
  }

  isStarted(): boolean {
    return this.lifetime.isStarted;
  }

  isShutdown(): boolean {
    return this.lifetime.isShutdown;
  }

  abstract shutdown(): Promise<void>;

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.lifetime.isRunning) await this.shutdown();
  }

  protected get endpoint(): string {
    return this.session?.channel.endpoint ?? this.#socket.endpoint;
  }

  /** The session of the last start; `undefined` after its shutdown, and while it waits for the end of the one before. */
  protected get running(): Session | undefined {
    return this.session?.opening === this.#opening ? this.session : undefined;
  }

  /** Opens the channel of a session. */
  protected abstract open(opening: Opening): Session;
  /** A session has begun, and may not be open yet. */
  protected abstract started(): void;
  /** A session could not be opened. */
  protected abstract abandon(session: Session, error: unknown): void;
  /** The running session has failed. */
  protected abstract broken(error: Error): void;

  /**
   * Begins the end of the running session; its owner closes the channel, and waits until the opening reports the end.
   *
   * @returns `undefined`: it has not begun, as the one before is still ending
   */
  protected stop(): Session | undefined {
    this.lifetime.stop(this.endpoint);
    const session = this.running;
    const opening = this.#opening;
    this.#opening = undefined;
    opening?.failed(this.lifetime.error('open', this.endpoint));
    return session;
  }

  /** The session that runs. @throws SocketError */
  protected require(operation: SocketOperation): Session {
    this.lifetime.require(operation, this.endpoint);
    const session = this.running;
    if (session === undefined) throw this.lifetime.error(operation, this.endpoint);
    return session;
  }

  /** The listener of a session for its channel. */
  protected listener(session: () => Session, opening: Opening): SessionListener {
    return {
      status: (status) => opening.hear(status, session().channel.endpoint),
      failed: (error) => {
        session().failure = error;
        opening.failed(error);
        if (this.session === session()) this.broken(error);
      },
      closed: () => opening.closed(),
    };
  }
}

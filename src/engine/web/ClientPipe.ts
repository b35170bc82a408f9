import type { SubscriptionLimits } from '../pipes/Pipe.js';
import type { PipeListener } from '../pipes/PipeListener.js';
import type { WebBudget, WebDebtor } from './WebBudget.js';
import { WebPipe, type WebPipeSettings } from './WebPipe.js';

/** What a pipe needs to know about its client. */
export interface PipeClient {
  readonly budget: WebBudget;
  readonly limits: SubscriptionLimits;
}

/** The pipe to a client of a gateway: what is queued for it counts for the budget of all clients. */
export class ClientPipe extends WebPipe implements WebDebtor {
  readonly subscriptionLimits: SubscriptionLimits;
  readonly #budget: WebBudget;
  /** The bytes that were reported to the budget. */
  #counted = 0;

  constructor(settings: WebPipeSettings, pattern: PipeListener, onEnd: () => void, { budget, limits }: PipeClient) {
    super(settings, pattern, false, onEnd);
    this.subscriptionLimits = limits;
    this.#budget = budget;
    budget.join(this);
  }

  override get writable(): boolean {
    return super.writable && this.#budget.hasRoomFor(this);
  }

  get waitingBytes(): number {
    return this.outbox.bytes;
  }

  override handedOver(): void {
    this.#account();
    super.handedOver();
    this.#budget.eased(this);
  }

  override finish(): number {
    const left = super.finish();
    this.#account();
    this.#budget.leave(this);
    return left;
  }

  /** The budget may have space again. */
  roomAgain(): void {
    if (this.writable) this.pattern.writable(this);
  }

  protected override written(): void {
    this.#account();
    super.written();
  }

  #account(): void {
    const more = this.outbox.bytes - this.#counted;
    this.#counted += more;
    if (more !== 0) this.#budget.add(more);
  }
}

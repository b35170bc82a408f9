import type { Pipe } from '../../pipes/Pipe.js';
import { BalancedPattern } from './BalancedPattern.js';
import type { PatternHost } from '../Pattern.js';
import type { TypeOptions } from '../../../driver/TypeOptions.js';
import { Probes } from './Probes.js';

/** Sends to all peers in turns and receives from all in turns; nothing is added to messages. */
export class DealerPattern extends BalancedPattern {
  readonly #probes: Probes;

  constructor(host: PatternHost, options: TypeOptions) {
    super(host, options);
    this.#probes = new Probes(options.probe);
  }

  override attach(pipe: Pipe): boolean {
    this.#probes.attached(pipe);
    return super.attach(pipe);
  }

  override detach(pipe: Pipe): void {
    this.#probes.detached(pipe);
    super.detach(pipe);
  }

  override writable(pipe: Pipe): void {
    this.#probes.ready(pipe);
    super.writable(pipe);
  }
}

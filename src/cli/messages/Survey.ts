import { withPrefix } from '../../spectrum/text.js';
import type { Parts } from '../../index.js';
import { decibels } from '../scope/text.js';
import type { Facts } from './factsText.js';
import { type Guess, guessCodec } from './guessCodec.js';
import { isoTime } from './isoTime.js';
import { levelOf } from './levelOf.js';

/** What has been seen of the messages at an endpoint. */
export class Survey {
  messages = 0;
  bytes = 0;
  samples = 0;
  /** The first message that says the most. */
  guess: Guess | undefined;
  #last: Guess | undefined;
  #beganMs = 0;
  #lastMs = 0;
  readonly #guesses = new Map<string, number>();

  add(parts: Parts): void {
    const now = performance.now();
    if (this.messages === 0) this.#beganMs = now;
    this.#lastMs = now;
    this.messages += 1;
    for (const part of parts) this.bytes += part.length;
    const guess = guessCodec(parts);
    this.samples += guess.frame?.numSamples ?? 0;
    this.guess ??= guess;
    if (guess.codec !== undefined) this.#last = guess;
    this.#guesses.set(guess.text, (this.#guesses.get(guess.text) ?? 0) + 1);
  }

  /** Messages per second, from the first to the last. */
  get rate(): number {
    return this.messages > 1 ? ((this.messages - 1) * 1000) / (this.#lastMs - this.#beganMs) : 0;
  }

  /** What it comes to, name by name. */
  facts(): Facts {
    if (this.messages === 0) return { messages: 'none came' };
    const guess = this.#last ?? this.guess!;
    const { frame } = guess;
    const perSecond = this.messages > 1 ? this.rate / this.messages : 0;
    return {
      format: [...this.#guesses.keys()].join('; '),
      codec: guess.codec === undefined ? undefined : `--codec ${guess.codec}${guess.isTopical ? " --topic ''" : ''}`,
      messages: `${this.messages}, ${this.rate.toFixed(1)} a second`,
      bytes: withPrefix(this.bytes * perSecond, 'B/s', 3),
      ...(frame && {
        'sample type': frame.sampleType,
        samples: `${frame.numSamples} a frame, ${withPrefix(this.samples * perSecond, 'S/s')}`,
        'sample rate': frame.sampleRate > 0 ? withPrefix(frame.sampleRate, 'S/s') : 'not said',
        frequency: frame.centerFreq === 0 ? 'not said' : withPrefix(frame.centerFreq, 'Hz', 6),
        level: `${decibels(levelOf(frame))} dBFS rms`,
        time: isoTime(frame.timestampNs) ?? 'not said',
      }),
    };
  }
}

import type { Parts } from '../basics/Parts.js';

/** Explains the error of a codec by the message that it could not decode; `isFrames`: frames were expected. */
type Explain = (error: unknown, parts: Parts, isFrames: boolean) => unknown;

let explain: Explain = (error) => error;

/** Sets the function that explains errors of codecs, from now on. A platform where code size matters leaves them unexplained. */
export function provideExplanations(how: Explain): void {
  explain = how;
}

/** Adds to the error of a codec what is known about the message. */
export const explained: Explain = (error, parts, isFrames) => explain(error, parts, isFrames);

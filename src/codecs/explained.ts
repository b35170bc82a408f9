import type { Parts } from '../basics/Parts.js';

/** Explains the error of a codec by the message that it could not decode; `isFrames`: frames were expected. */
type Explain = (error: unknown, parts: Parts, isFrames: boolean) => unknown;

let explain: Explain = (error) => error;

/** Explains errors of codecs, from now on. A platform with little room leaves them as they are. */
export function provideExplanations(how: Explain): void {
  explain = how;
}

/** The error of a codec, with what there is to say of the message. */
export const explained: Explain = (error, parts, isFrames) => explain(error, parts, isFrames);

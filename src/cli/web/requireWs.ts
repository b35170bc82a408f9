import { Failure } from '../run/Failure.js';

/** Makes sure, before anything is opened, that the package of the gateway is there; a program that is only printed (`isCode`) needs none. */
export async function requireWs(isCode: boolean): Promise<void> {
  if (isCode) return;
  await import(/* webpackIgnore: true */ 'ws').catch((cause: unknown) => {
    throw new Failure("a gateway needs the package 'ws'", { cause });
  });
}

import { Failure } from '../run/Failure.js';

/** Makes sure, before anything is opened, that the package of the gateway is there. */
export async function requireWs(): Promise<void> {
  await import(/* webpackIgnore: true */ 'ws').catch((cause: unknown) => {
    throw new Failure("a gateway needs the package 'ws'", { cause });
  });
}

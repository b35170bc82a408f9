import { concat, NEVER, type Observable, of } from 'rxjs';
import { fromPull, fromSub, reply, request, requester, toPub, toPush } from 'rxzmq';

/** Calls a public function with arguments that its types may forbid, and gives an Observable over its socket. */
export type Call = (endpoints: unknown, options?: unknown) => Observable<unknown>;

/** It goes on, so that the socket stays. */
const input = concat(of(new Float32Array(2)), NEVER);

/** All that open sockets. */
export const functions: Readonly<Record<string, Call>> = {
  fromPull: (endpoints: any, options: any) => fromPull(endpoints, options),
  fromSub: (endpoints: any, options: any) => fromSub(endpoints, options),
  reply: (endpoints: any, options: any) => reply(endpoints, (asked) => asked, options),
  request: (endpoints: any, options: any) => input.pipe(request(endpoints, options)),
  requester: (endpoints: any, options: any) => requester(endpoints, options).request(new Float32Array(2)),
  toPub: (endpoints: any, options: any) => input.pipe(toPub(endpoints, options)),
  toPush: (endpoints: any, options: any) => input.pipe(toPush(endpoints, options)),
};

export const names = Object.keys(functions);

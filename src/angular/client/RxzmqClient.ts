import type { request } from '../../operators/request.js';
import type { requester } from '../../operators/requester.js';
import type { toPush } from '../../sinks/toPush.js';
import type { fromPull } from '../../sources/fromPull.js';
import type { fromSub } from '../../sources/fromSub.js';

/** The functions of the library that a client has, with their overloads. */
export interface RxzmqClient {
  /** {@link fromSub}: the frames of a PUB socket. */
  readonly fromSub: typeof fromSub;
  /** {@link fromPull}: the frames of a PUSH socket; each goes to one of its peers. */
  readonly fromPull: typeof fromPull;
  /** {@link toPush}: an operator that sends to a PULL socket. */
  readonly toPush: typeof toPush;
  /** {@link request}: an operator that sends requests and emits the replies. */
  readonly request: typeof request;
  /** {@link requester}: one socket for requests from many call sites. Created in a component, it closes with it. */
  readonly requester: typeof requester;
}

import { Pair, Router } from 'zeromq';
import type { Authenticate, Credentials } from '../../src/driver/DriverSecurity.js';
import { latin1 } from './bytes.js';

/** Two sockets that are joined over tcp for as long as the process lives. */
let pair: Promise<readonly [Pair, Pair]> | undefined;

/**
 * Comes back when libzmq's one I/O thread has done all that it had begun. What a monitor tells is told in the midst of
 * that: that a peer is there, for one, just before it can be sent to.
 */
export async function ioThreadTurn(): Promise<void> {
  const [left, right] = await (pair ??= joinedPair());
  await left.send('');
  await right.receive();
}

async function joinedPair(): Promise<readonly [Pair, Pair]> {
  const [left, right] = [new Pair({ linger: 0 }), new Pair({ linger: 0 })];
  await left.bind('tcp://127.0.0.1:*');
  right.connect(left.lastEndpoint!);
  return [left, right];
}

/** Who answers libzmq's question for each ZAP domain. */
const authenticators = new Map<string, Authenticate>();
let handler: Router | undefined;

/** Has libzmq ask this function about those who connect; gives the ZAP domain to set. */
export function authenticateBy(authenticate: Authenticate): string {
  handler ??= startHandler();
  const domain = `domain ${authenticators.size}`;
  authenticators.set(domain, authenticate);
  return domain;
}

function startHandler(): Router {
  const router = new Router({ linger: 0 });
  router.bindSync('inproc://zeromq.zap.01');
  void answerAll(router);
  return router;
}

async function answerAll(router: Router): Promise<void> {
  for await (const request of router) await router.send(await answer(request));
}

/** RFC 27. */
async function answer(request: readonly Uint8Array[]): Promise<(string | Uint8Array)[]> {
  const [peer, delimiter, version, id, domain, address, , mechanism, first, second] = request;
  const credentials: Credentials = {
    mechanism: latin1(mechanism!).toLowerCase() as Credentials['mechanism'],
    address: latin1(address!),
    ...(first && second && { username: latin1(first), password: latin1(second) }),
    ...(first && !second && { publicKey: new Uint8Array(first) }),
  };
  const authenticate = authenticators.get(latin1(domain!)) ?? (() => true); // CURVE servers without one ask as well
  const verdict = await authenticate(credentials);
  const [status, user] = verdict === false ? ['400', ''] : ['200', verdict === true ? '' : verdict];
  return [peer!, delimiter!, version!, id!, status, '', user, ''];
}

/** The types that each type talks to, as in libzmq. It is a Map because names come from peers, and one could be `constructor`. */
const accepted: ReadonlyMap<string, readonly string[]> = new Map([
  ['PAIR', ['PAIR']],
  ['PUB', ['SUB', 'XSUB']],
  ['SUB', ['PUB', 'XPUB']],
  ['REQ', ['REP', 'ROUTER']],
  ['REP', ['REQ', 'DEALER']],
  ['DEALER', ['REP', 'DEALER', 'ROUTER']],
  ['ROUTER', ['REQ', 'DEALER', 'ROUTER']],
  ['PULL', ['PUSH']],
  ['PUSH', ['PULL']],
  ['XPUB', ['SUB', 'XSUB']],
  ['XSUB', ['PUB', 'XPUB']],
  ['SERVER', ['CLIENT']],
  ['CLIENT', ['SERVER']],
  ['RADIO', ['DISH']],
  ['DISH', ['RADIO']],
  ['GATHER', ['SCATTER']],
  ['SCATTER', ['GATHER']],
  ['PEER', ['PEER']],
  ['CHANNEL', ['CHANNEL']],
]);

/** Whether sockets of these types talk to each other. */
export function talkTo(own: string, peer: string): boolean {
  return accepted.get(own)?.includes(peer) ?? false;
}

/** What ZMTP knows of a socket type. */
interface SocketTypeFacts {
  /** What it is in the greeting of ZMTP 2.0. */
  readonly number: number;
  /** The types it talks to, as libzmq has it. */
  readonly accepts: readonly string[];
}

// A Map: names come from peers, and one could be `constructor`.
const socketTypes: ReadonlyMap<string, SocketTypeFacts> = new Map([
  ['PAIR', { number: 0, accepts: ['PAIR'] }],
  ['PUB', { number: 1, accepts: ['SUB', 'XSUB'] }],
  ['SUB', { number: 2, accepts: ['PUB', 'XPUB'] }],
  ['REQ', { number: 3, accepts: ['REP', 'ROUTER'] }],
  ['REP', { number: 4, accepts: ['REQ', 'DEALER'] }],
  ['DEALER', { number: 5, accepts: ['REP', 'DEALER', 'ROUTER'] }],
  ['ROUTER', { number: 6, accepts: ['REQ', 'DEALER', 'ROUTER'] }],
  ['PULL', { number: 7, accepts: ['PUSH'] }],
  ['PUSH', { number: 8, accepts: ['PULL'] }],
  ['XPUB', { number: 9, accepts: ['SUB', 'XSUB'] }],
  ['XSUB', { number: 10, accepts: ['PUB', 'XPUB'] }],
  ['STREAM', { number: 11, accepts: [] }], // speaks no ZMTP
  ['SERVER', { number: 12, accepts: ['CLIENT'] }],
  ['CLIENT', { number: 13, accepts: ['SERVER'] }],
  ['RADIO', { number: 14, accepts: ['DISH'] }],
  ['DISH', { number: 15, accepts: ['RADIO'] }],
  ['GATHER', { number: 16, accepts: ['SCATTER'] }],
  ['SCATTER', { number: 17, accepts: ['GATHER'] }],
  ['DGRAM', { number: 18, accepts: [] }], // speaks no ZMTP
  ['PEER', { number: 19, accepts: ['PEER'] }],
  ['CHANNEL', { number: 20, accepts: ['CHANNEL'] }],
]);

const names = new Map([...socketTypes].map(([name, { number }]) => [number, name]));
const withIdentity = new Set(['REQ', 'DEALER', 'ROUTER']);

/** Whether sockets of these types talk to each other. */
export function talkTo(own: string, peer: string): boolean {
  return socketTypes.get(own)?.accepts.includes(peer) ?? false;
}

/** Whether a socket of this type says its routing id in its metadata, even an empty one. */
export function saysIdentity(name: string): boolean {
  return withIdentity.has(name);
}

/** A type's number in ZMTP 2.0. */
export function socketTypeNumber(name: string): number | undefined {
  return socketTypes.get(name)?.number;
}

/** The type that has a number in ZMTP 2.0. */
export function socketTypeName(number: number): string | undefined {
  return names.get(number);
}

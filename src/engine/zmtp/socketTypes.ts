/** The socket types, by their number in the greeting of ZMTP 2.0. */
const names: readonly string[] = [
  'PAIR',
  'PUB',
  'SUB',
  'REQ',
  'REP',
  'DEALER',
  'ROUTER',
  'PULL',
  'PUSH',
  'XPUB',
  'XSUB',
  'STREAM',
  'SERVER',
  'CLIENT',
  'RADIO',
  'DISH',
  'GATHER',
  'SCATTER',
  'DGRAM',
  'PEER',
  'CHANNEL',
];

const withIdentity = new Set(['REQ', 'DEALER', 'ROUTER']);

/** Whether a socket of this type sends its routing id in its metadata, even an empty one. */
export function saysIdentity(name: string): boolean {
  return withIdentity.has(name);
}

/** The number of a type in ZMTP 2.0. */
export function socketTypeNumber(name: string): number | undefined {
  const number = names.indexOf(name);
  return number < 0 ? undefined : number;
}

/** The type with that number in ZMTP 2.0. */
export function socketTypeName(number: number): string | undefined {
  return names[number];
}

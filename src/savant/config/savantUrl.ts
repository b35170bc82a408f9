import { EndpointError } from '../../errors.js';
import { checkEndpoints } from '../../driver/endpoints.js';
import { describe } from '../../basics/describe.js';

/** The sockets that a reader can have. */
export type ReaderSocketType = 'sub' | 'router' | 'rep';
/** The sockets that a writer can have. */
export type WriterSocketType = 'pub' | 'dealer' | 'req';

/** The content of a URL. */
export interface SavantUrl<Type extends ReaderSocketType | WriterSocketType> {
  readonly type: Type;
  readonly bind: boolean;
  readonly endpoint: string;
}

/** One of the two sides, and how to recognize URLs of the other. */
interface Side<Type extends ReaderSocketType | WriterSocketType> {
  readonly name: 'reader' | 'writer';
  readonly other: 'reader' | 'writer';
  readonly types: readonly Type[];
  readonly otherTypes: readonly string[];
  /** The type of a URL without one. */
  readonly usual: Type;
  readonly namesSource: boolean;
}

const READERS = ['sub', 'router', 'rep'] as const;
const WRITERS = ['pub', 'dealer', 'req'] as const;

const reader: Side<ReaderSocketType> = {
  name: 'reader',
  other: 'writer',
  types: READERS,
  otherTypes: WRITERS,
  usual: 'router',
  namesSource: false,
};

const writer: Side<WriterSocketType> = {
  name: 'writer',
  other: 'reader',
  types: WRITERS,
  otherTypes: READERS,
  usual: 'dealer',
  namesSource: true,
};

/** @throws EndpointError */
export function readerUrl(of: string, url: unknown): SavantUrl<ReaderSocketType> {
  return parse(of, url, reader);
}

/** @throws EndpointError */
export function writerUrl(of: string, url: unknown): SavantUrl<WriterSocketType> {
  return parse(of, url, writer);
}

type Refuse = (reason: string) => never;

/**
 * `[type+mode:]endpoint[:source]`. savant_rs searches for this anywhere in the text and ignores what is around it, so that a
 * typing error opens another socket than intended; here it is an error that says so.
 */
function parse<Type extends ReaderSocketType | WriterSocketType>(
  of: string,
  url: unknown,
  side: Side<Type>,
): SavantUrl<Type> {
  const refuse: Refuse = (reason) => {
    throw new EndpointError(url, `${of}: URL ${describe(url)} ${reason}`);
  };
  if (typeof url !== 'string') return refuse('is not a string');
  const at = url.search(/[a-z]+:\/\//);
  if (at < 0) return refuse("has no endpoint; write it like 'tcp://127.0.0.1:5555' or 'ipc:///tmp/video'");
  const role = roleOf(url.slice(0, at), side, refuse);
  const bind = role?.bind ?? true;
  const endpoint = endpointOf(url.slice(at), role !== undefined && side.namesSource, refuse);
  checkEndpoints(of, endpoint, bind);
  return { type: role?.type ?? side.usual, bind, endpoint };
}

/** The part before the endpoint; `undefined`: there is none. */
function roleOf<Type extends ReaderSocketType | WriterSocketType>(
  text: string,
  { name, other, types, otherTypes, usual }: Side<Type>,
  refuse: Refuse,
): { readonly type: Type; readonly bind: boolean } | undefined {
  if (text === '') return undefined;
  const [, type, mode] = /^([a-z]+)\+([a-z]+):$/.exec(text) ?? [];
  if (type === undefined || mode === undefined) {
    return refuse(
      `starts with ${describe(text)}, which savant_rs would ignore and take a ${usual} that binds; write '${usual}+bind:' or the like`,
    );
  }
  const known = `a ${name} has ${types.join(', ')}`;
  if (otherTypes.includes(type)) return refuse(`has the type '${type}', which is for a ${other}; ${known}`);
  const found = types.find((each) => each === type);
  if (found === undefined) {
    const misread = types.find((each) => type.endsWith(each));
    const hint = misread === undefined ? '' : `; savant_rs would take it for '${misread}'`;
    return refuse(`has the unknown type '${type}'${hint}; ${known}`);
  }
  if (mode !== 'bind' && mode !== 'connect') return refuse(`has the unknown mode '${mode}'; use bind or connect`);
  return { type: found, bind: mode === 'bind' };
}

/** @param mayNameSource it is for a writer with a type in its URL */
function endpointOf(text: string, mayNameSource: boolean, refuse: Refuse): string {
  const [, transport = '', address = ''] = /^([a-z]+):\/\/(.*)$/s.exec(text) ?? [];
  if (transport !== 'tcp' && transport !== 'ipc') {
    return refuse(`has the transport '${transport}', which savant_rs does not have; use tcp or ipc`);
  }
  const isTcp = transport === 'tcp';
  if (isTcp && address.startsWith('[')) return refuse('has an IPv6 address, which savant_rs does not read');
  if (isTcp && /^[^:]*:\*/.test(address)) {
    return refuse("has the port '*', which savant_rs does not read; port 0 is any free one");
  }
  const [, place, rest = ''] = (isTcp ? /^([^:]+:\d+)(.*)$/s : /^([^:]+)(.*)$/s).exec(address) ?? [];
  if (place === undefined) return refuse(isTcp ? 'has no port, which is a number' : 'has no path');
  if (rest === '') return `${transport}://${place}`;
  if (!rest.startsWith(':') || rest === ':') {
    return refuse(`goes on with ${describe(rest)} behind the endpoint, which savant_rs would ignore`);
  }
  if (!mayNameSource) {
    return refuse(`names the source ${describe(rest.slice(1))}, which only a writer whose type is given can have`);
  }
  return `${transport}://${place}`; // savant_rs reads the source and does nothing with it
}

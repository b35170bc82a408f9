import { describe } from '../basics/describe.js';

/** The WebSocket endpoints: those that connect to a gateway, and those that are bound at a gateway. */
export type WebSide = 'connects' | 'binds';

/** The side of an endpoint over WebSockets; `undefined`: it is not one. `ws://` can also be libzmq's, bound or not. */
export function webSide(endpoint: string): WebSide | undefined {
  if (/^(wss?:\/)?\//.test(endpoint)) return 'connects';
  return endpoint.startsWith('gateway://') ? 'binds' : undefined;
}

/** Whether the engine connects to it over WebSockets. */
export function isWeb(endpoint: string): boolean {
  return webSide(endpoint) !== undefined;
}

/** Whether the engine uses WebSockets for this side of an endpoint. Only libzmq binds `ws://`. */
export function speaksWeb(endpoint: string, bind: boolean, isNative: boolean): boolean {
  const side = webSide(endpoint);
  return side === 'connects' ? !(endpoint.startsWith('ws:') && (bind || isNative)) : side !== undefined;
}

/** What is wrong with `wss://host/path`, `ws://host/path` or a path on the page's own host; `false`: nothing. */
export function webFault(endpoint: string): string | false {
  const isPath = endpoint.startsWith('/');
  if (/^\/[/\\]/.test(endpoint)) return 'has two slashes before its host; write the transport before them, wss: or ws:';
  if (/\s/.test(endpoint)) return 'has a space';
  if (endpoint.includes('#')) return "has a '#', behind which nothing is sent to a server";
  const text = isPath ? `ws://page${endpoint}` : endpoint;
  if (!URL.canParse(text)) return `is no URL such as ${describe('wss://radio.example/iq')}`;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return "has a user or password in it; option 'token' is for that";
  return false;
}

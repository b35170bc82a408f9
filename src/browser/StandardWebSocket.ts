/** The part of the `WebSocket` API that is used: of browsers, Node from 22 on, and the package `ws`. */
export interface StandardWebSocket {
  binaryType: string;
  readonly bufferedAmount: number;
  readonly readyState: number;
  readonly protocol: string;
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onerror: ((event: { readonly message?: unknown }) => void) | null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null;
  send(data: string | Uint8Array): void;
  close(code?: number, reason?: string): void;
  /** Only ws has it. */
  terminate?(): void;
}

/** Creates a WebSocket, which connects by itself. */
export type OpenWebSocket = (url: string, protocols: readonly string[]) => StandardWebSocket;

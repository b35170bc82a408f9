import { Socket } from 'node:net';

/** Calls back once the running call is over: with the end of a socket that never was connected. */
export function later(callback: () => void): void {
  new Socket().once('close', callback).destroy();
}

import { Socket } from 'node:net';

/** Calls back after the current call: when a socket that was never connected has closed. */
export function later(callback: () => void): void {
  new Socket().once('close', callback).destroy();
}

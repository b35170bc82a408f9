import { lstat, stat, unlink } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { CarrierError } from '../reasons.js';

type Done = (error?: Error) => void;

/**
 * Makes way for a socket at a path. One that was left behind is removed. One that somebody listens on stays, as does
 * everything that is no socket: libzmq takes away whatever is there.
 */
export function clearSocketFile(path: string, done: Done): void {
  lstat(path, (error, stats) => {
    if (error?.code === 'ENOENT') checkFolder(path, done);
    else if (error) done(error);
    else if (stats.isSocket()) removeUnlessAlive(path, done);
    else done(new CarrierError('EADDRINUSE', 'something that is no socket is there'));
  });
}

/** Node would say EACCES. */
function checkFolder(path: string, done: Done): void {
  stat(dirname(path), (error) => done(error ? new CarrierError('ENOENT', 'there is no such folder') : undefined));
}

function removeUnlessAlive(path: string, done: Done): void {
  const probe = connect({ path });
  probe.once('connect', () => {
    probe.destroy();
    done(new CarrierError('EADDRINUSE'));
  });
  probe.once('error', (error: Error & { readonly code?: string }) => {
    if (error.code === 'ECONNREFUSED') remove(path, done);
    else if (error.code === 'ENOENT')
      done(); // its owner has just removed it
    else done(error.code === 'EACCES' ? error : new CarrierError('EADDRINUSE'));
  });
}

function remove(path: string, done: Done): void {
  unlink(path, (error) => done(error && error.code !== 'ENOENT' ? error : undefined));
}

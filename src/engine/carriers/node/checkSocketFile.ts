import { lstat, stat } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { CarrierError } from '../reasons.js';

type Done = (error?: Error) => void;

/**
 * Whether there is room for a socket at a path: there is nothing, or a socket that was left behind. One that somebody listens on is
 * in the way, as is everything that is no socket: libzmq takes away whatever is there.
 */
export function checkSocketFile(path: string, done: Done): void {
  lstat(path, (error, stats) => {
    if (error?.code === 'ENOENT') checkFolder(path, done);
    else if (error) done(error);
    else if (stats.isSocket()) refuseAlive(path, done);
    else done(new CarrierError('EADDRINUSE', 'something that is no socket is there'));
  });
}

/** Node would say EACCES. */
function checkFolder(path: string, done: Done): void {
  stat(dirname(path), (error) => done(error ? new CarrierError('ENOENT', 'there is no such folder') : undefined));
}

function refuseAlive(path: string, done: Done): void {
  const probe = connect({ path });
  probe.once('connect', () => {
    probe.destroy();
    done(new CarrierError('EADDRINUSE'));
  });
  probe.once('error', (error: Error & { readonly code?: string }) => {
    // ENOENT: its owner has just removed it
    if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') done();
    else done(error.code === 'EACCES' ? error : new CarrierError('EADDRINUSE'));
  });
}

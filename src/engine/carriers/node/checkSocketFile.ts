import { lstat, stat } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { CarrierError } from '../reasons.js';

type Done = (error?: Error) => void;

/**
 * Checks that a socket can be placed at a path: there is nothing, or a socket that was left behind. It fails for a socket on which a
 * process listens, and for everything that is not a socket. (libzmq removes whatever is there.)
 */
export function checkSocketFile(path: string, done: Done): void {
  lstat(path, (error, stats) => {
    if (error?.code === 'ENOENT') checkFolder(path, done);
    else if (error) done(error);
    else if (stats.isSocket()) refuseAlive(path, done);
    else done(new CarrierError('EADDRINUSE', 'something that is no socket is there'));
  });
}

/** Node would report EACCES. */
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

import { ZmtpError } from './ZmtpError.js';

/** The metadata of a peer is malformed, or does not fit this socket. It is not a failure of authentication. */
export class MetadataError extends ZmtpError {}

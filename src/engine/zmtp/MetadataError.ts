import { ZmtpError } from './ZmtpError.js';

/** What a peer said of itself is malformed, or does not go with what we are: security has nothing to do with it. */
export class MetadataError extends ZmtpError {}

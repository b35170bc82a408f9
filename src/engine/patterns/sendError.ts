import { SocketError } from '../../errors.js';

/** Why a message can never be sent, as an errno of libzmq. */
type SendFault = 'EHOSTUNREACH' | 'EINVAL' | 'EFSM';

const meanings: Record<SendFault, string> = {
  EHOSTUNREACH: 'Host unreachable',
  EINVAL: 'Invalid argument',
  EFSM: 'Operation cannot be accomplished in current state',
};

/** The error of a message that can never be sent. Its `cause` has the code of libzmq, for programs that match on it. */
export function sendError(endpoint: string, code: SendFault, reason: string): SocketError {
  return new SocketError('send', endpoint, reason, { cause: Object.assign(new Error(meanings[code]), { code }) });
}

import { SocketError } from '../../errors.js';

/** Why a message can never be sent, as libzmq's errno has it. */
type SendFault = 'EHOSTUNREACH' | 'EINVAL' | 'EFSM';

const meanings: Record<SendFault, string> = {
  EHOSTUNREACH: 'Host unreachable',
  EINVAL: 'Invalid argument',
  EFSM: 'Operation cannot be accomplished in current state',
};

/** The error of a message that can never be sent. Its `cause` has the code that libzmq gives, for those who match on it. */
export function sendError(endpoint: string, code: SendFault, reason: string): SocketError {
  return new SocketError('send', endpoint, reason, { cause: Object.assign(new Error(meanings[code]), { code }) });
}

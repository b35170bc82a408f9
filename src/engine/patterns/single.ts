/** What a message is called whose type has no parts. */
export const SINGLE = 'one part';

/** Why a message of several parts is dropped where it arrives. */
export const NOT_SINGLE = 'a peer sent several parts where a message has one';

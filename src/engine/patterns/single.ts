/** The shape of a message in socket types without multipart messages. */
export const SINGLE = 'one part';

/** Why such a socket drops a message of several parts that arrives. */
export const NOT_SINGLE = 'a peer sent several parts where a message has one';

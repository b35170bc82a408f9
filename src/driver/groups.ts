/** The longest group, in bytes: on the wire its length is one byte. */
export const MAX_GROUP_BYTES = 255;

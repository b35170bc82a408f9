// Streams
export { gnuradio, type GnuRadioCodecs } from './stream/gnuradio.js';
export type {
  ComplexItemType,
  GnuRadioFrame,
  GnuRadioFrameInput,
  GnuRadioItems,
  GnuRadioItemsInput,
  GnuRadioOptions,
  ItemsByType,
  ItemType,
  RealItemType,
  StreamFacts,
  StreamInput,
  StreamOptions,
  Tag,
  TagInput,
} from './stream/types.js';

// Messages
export { pmt } from './messages/pmt.js';
export { pdu } from './messages/pdu.js';
export { readPdu, type Pdu } from './pmt/readPdu.js';
export { writePdu, type PduInput } from './pmt/writePdu.js';

// PMTs
export { decodePmt } from './pmt/decodePmt.js';
export { encodePmt } from './pmt/encodePmt.js';
export type {
  Pmt,
  PmtArray,
  PmtC32Vector,
  PmtC64Vector,
  PmtComplex,
  PmtDialect,
  PmtInput,
  PmtList,
  PmtOptions,
  PmtPair,
  PmtTuple,
  PmtUint64,
} from './pmt/types.js';

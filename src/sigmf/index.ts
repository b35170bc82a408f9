// Recordings
export { fromSigmf } from './fromSigmf.js';
export { toSigmf } from './toSigmf.js';

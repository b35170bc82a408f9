export { stage, type Stage } from './stage.js';

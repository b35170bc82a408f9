export { stage, type Stage, type StageWork } from './stage.js';

import { defineScope } from './element/defineScope.js';

export { Scope } from './Scope.js';
export { defineScope } from './element/defineScope.js';
export { RxScope } from './element/RxScope.js';
export type { ScopeOptions } from './ScopeOptions.js';
export type { ScopeReadings } from './view/ScopeReadings.js';
export type { ScopeFigures } from './core/Figures.js';
export type { ScopeReading } from './core/readings.js';
export type { ScopeCommand } from './core/keys.js';
export type { ScopeState } from './core/state.js';
export type { Coverage, Detector, ThemeName } from './core/settings.js';
export type { ScopeCanvas, ScopeWorker } from './host/page.js';
export type { LevelRange } from '../spectrum/fitRange.js';
export type { PaletteName } from '../spectrum/palettes.js';
export type { WindowName } from '../spectrum/windows.js';

// The one effect of this import, where there are custom elements.
defineScope();

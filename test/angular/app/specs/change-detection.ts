import { provideZonelessChangeDetection } from '@angular/core';

/** How the application detects changes: here without zone.js. */
export const changeDetection = [provideZonelessChangeDetection()];

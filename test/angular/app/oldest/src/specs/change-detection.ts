import { provideZoneChangeDetection } from '@angular/core';
import { ComponentFixtureAutoDetect } from '@angular/core/testing';

/** How the application detects changes: here with zone.js. */
export const changeDetection = [provideZoneChangeDetection(), { provide: ComponentFixtureAutoDetect, useValue: true }];

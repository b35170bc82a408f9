import type { ScopeCommand } from '../core/keys.js';
import type { ScopeReadings } from '../view/ScopeReadings.js';
import { createElement, type PageElement } from './dom.js';

interface Button {
  readonly command: ScopeCommand;
  readonly label: (readings: ScopeReadings | undefined) => string;
  readonly title: string;
  /** Whether it is switched on; without it, it is no switch. */
  readonly isOn?: (readings: ScopeReadings) => boolean;
}

const BUTTONS: readonly (Button | 'gap')[] = [
  {
    command: 'pause',
    label: (readings) => (readings?.isPaused === true ? 'Run' : 'Pause'),
    title: 'pause (space)',
    isOn: ({ isPaused }) => isPaused,
  },
  { command: 'average', label: (readings) => `Avg ${readings?.average ?? ''}`, title: 'average (a)' },
  { command: 'peakHold', label: () => 'Peak', title: 'hold the peak (p)', isOn: ({ peakHold }) => peakHold },
  { command: 'minimumHold', label: () => 'Min', title: 'hold the minimum (m)', isOn: ({ minimumHold }) => minimumHold },
  { command: 'auto', label: () => 'Auto', title: 'automatic levels (l)', isOn: ({ isAuto }) => isAuto },
  { command: 'strongest', label: () => 'Marker', title: 'marker to the next peak (n)', isOn: ({ marker }) => !!marker },
  { command: 'delta', label: () => '\u0394', title: 'delta from the marker (d)', isOn: ({ reference }) => !!reference },
  { command: 'peakList', label: () => 'Peaks', title: 'list of peaks (k)', isOn: ({ peakList }) => peakList },
  'gap',
  { command: 'zoomOut', label: () => '\u2212', title: 'zoom out (-)' },
  { command: 'zoomIn', label: () => '+', title: 'zoom in (+)' },
  { command: 'fullSpan', label: () => 'All', title: 'the whole band (0)' },
  { command: 'palette', label: () => 'Colours', title: 'colours of the waterfall (c)' },
  { command: 'theme', label: () => '\u25d0', title: 'dark or light (t)' },
  { command: 'fullScreen', label: () => 'Full', title: 'full screen (f)' },
  { command: 'help', label: () => '?', title: 'keys (?)' },
];

/** The buttons below the picture: for fingers, and for those who do not know the keys. */
export class Toolbar {
  readonly element: PageElement;
  readonly #buttons: readonly { readonly button: Button; readonly element: PageElement }[];

  constructor(run: (command: ScopeCommand) => void) {
    this.element = createElement('div');
    this.element.className = 'bar';
    this.element.setAttribute('part', 'bar');
    this.#buttons = BUTTONS.flatMap((button) => {
      const element = createElement(button === 'gap' ? 'span' : 'button');
      this.element.append(element);
      if (button === 'gap') {
        element.className = 'gap';
        return [];
      }
      element.setAttribute('type', 'button');
      element.setAttribute('data-command', button.command);
      element.setAttribute('aria-label', button.title);
      element.title = button.title;
      element.addEventListener('click', () => run(button.command));
      return [{ button, element }];
    });
    this.update(undefined);
  }

  update(readings: ScopeReadings | undefined): void {
    for (const { button, element } of this.#buttons) {
      const label = button.label(readings);
      if (element.textContent !== label) element.textContent = label;
      if (button.isOn && readings) element.setAttribute('aria-pressed', String(button.isOn(readings)));
    }
  }
}

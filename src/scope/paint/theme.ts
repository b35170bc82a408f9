/** The colours of a scope but those of the waterfall. */
export interface Theme {
  readonly background: string;
  readonly plot: string;
  readonly grid: string;
  readonly edge: string;
  readonly text: string;
  readonly strong: string;
  readonly trace: string;
  readonly fillTop: string;
  readonly fillBottom: string;
  readonly peak: string;
  readonly minimum: string;
  readonly marker: string;
  readonly reference: string;
  readonly panel: string;
  readonly good: string;
  readonly warning: string;
  readonly bad: string;
}

export const dark: Theme = {
  background: '#0d1117',
  plot: '#090d13',
  grid: 'rgba(139, 158, 178, 0.13)',
  edge: 'rgba(139, 158, 178, 0.30)',
  text: '#93a1b0',
  strong: '#e6edf3',
  trace: '#58c7f3',
  fillTop: 'rgba(88, 199, 243, 0.42)',
  fillBottom: 'rgba(88, 199, 243, 0.03)',
  peak: '#ffc857',
  minimum: '#8da2b8',
  marker: '#ffffff',
  reference: '#ff9f5a',
  panel: 'rgba(13, 17, 23, 0.82)',
  good: '#4cc38a',
  warning: '#ffb224',
  bad: '#ff6a5e',
};

export const light: Theme = {
  background: '#ffffff',
  plot: '#f6f8fa',
  grid: 'rgba(31, 45, 61, 0.10)',
  edge: 'rgba(31, 45, 61, 0.28)',
  text: '#566270',
  strong: '#1b2129',
  trace: '#0a5cc2',
  fillTop: 'rgba(10, 92, 194, 0.30)',
  fillBottom: 'rgba(10, 92, 194, 0.03)',
  peak: '#b35900',
  minimum: '#6b7885',
  marker: '#111111',
  reference: '#b3261e',
  panel: 'rgba(255, 255, 255, 0.86)',
  good: '#18794e',
  warning: '#9a5b00',
  bad: '#c62a1c',
};

export const FONT = 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';

/** What a pointer does on the canvas, in CSS pixels from its upper left corner. */
export type Gesture =
  /** A click or touch; `adds`: with Shift. */
  | { readonly kind: 'tap'; readonly x: number; readonly y: number; readonly adds: boolean }
  | { readonly kind: 'doubleTap' }
  /** A move by so much of a drag that began at `x`, `y`. */
  | { readonly kind: 'drag'; readonly x: number; readonly y: number; readonly dx: number; readonly dy: number }
  /** `levels`: of the levels, and not of the frequencies. */
  | { readonly kind: 'zoom'; readonly x: number; readonly y: number; readonly factor: number; readonly levels: boolean }
  | { readonly kind: 'hover'; readonly x: number; readonly y: number }
  | { readonly kind: 'leave' };

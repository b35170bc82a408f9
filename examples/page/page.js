// What runs in the browser: the same functions as on Node.
import { animationFrameScheduler, auditTime, fromEvent, map } from 'rxjs';
import { fromSub, json, request } from 'rxzmq';

const state = document.querySelector('#state');
const canvas = document.querySelector('canvas');
const slider = document.querySelector('input');
const output = document.querySelector('output');
const pen = canvas.getContext('2d');

// The newest frame each time the screen is drawn; what comes between is not even sent.
fromSub('/iq', { conflate: true, status: ({ kind }) => (state.textContent = kind) })
  .pipe(auditTime(0, animationFrameScheduler))
  .subscribe(({ samples, sequence }) => {
    draw(samples);
    document.title = `Frame ${sequence}`;
  });

fromEvent(slider, 'input')
  .pipe(
    map(() => Number(slider.value)),
    request('/tune', { codec: json() }),
  )
  .subscribe((hz) => (output.textContent = hz));

/** Draws the first half of each complex sample, as an oscilloscope does. */
function draw(samples) {
  const { width, height } = canvas;
  pen.clearRect(0, 0, width, height);
  pen.strokeStyle = '#4ade80';
  pen.beginPath();
  for (let i = 0; i < samples.length; i += 2) {
    pen.lineTo((i / samples.length) * width, (0.5 - samples[i] / 2.2) * height);
  }
  pen.stroke();
}

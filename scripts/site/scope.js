// The picture on the landing page: the spectrum of a simulated signal, and its waterfall.
(() => {
  const canvas = document.getElementById('live-scope');
  if (!(canvas instanceof HTMLCanvasElement)) return;
  const context = canvas.getContext('2d');
  if (!context) return;
  const { width, height } = canvas;
  const split = Math.round(height * 0.45);
  const floor = -88;
  const top = -18;

  /** Standard normal deviates, roughly: the sum of four. */
  const noise = () => (Math.random() + Math.random() + Math.random() + Math.random() - 2) * 1.7;
  const carrier = (x, at, wide, power) => power * Math.exp(-(((x - at) / wide) ** 2));

  /** Power in dBFS at each column: a steady carrier, a wide band, one that wanders, and bursts. */
  function spectrum(seconds) {
    const wander = 0.32 + 0.08 * Math.sin(seconds * 0.7);
    const isBurst = seconds % 2.5 < 0.6;
    return Float32Array.from({ length: width }, (_, column) => {
      const x = column / width;
      const level =
        carrier(x, 0.5, 0.004, 62) +
        carrier(x, 0.78, 0.05, 34) +
        carrier(x, wander, 0.006, 44) +
        (isBurst ? carrier(x, 0.16, 0.02, 38) : 0);
      return floor + level + noise() * 2.4;
    });
  }

  /** Dark blue, cyan, yellow, white. */
  function colour(db) {
    const t = Math.min(1, Math.max(0, (db - floor + 4) / (top - floor)));
    return [
      255 * Math.min(1, Math.max(0, 2.4 * t - 0.9)),
      255 * Math.min(1, 1.5 * t + 0.05),
      255 * Math.min(1, 0.25 + t),
    ];
  }

  const line = context.createImageData(width, 2);
  const waterfall = document.createElement('canvas');
  waterfall.width = width;
  waterfall.height = height - split;
  const below = waterfall.getContext('2d');

  function draw(seconds) {
    const powers = spectrum(seconds);
    for (let column = 0; column < width; column += 1) {
      const [red, green, blue] = colour(powers[column]);
      for (const row of [0, 1]) line.data.set([red, green, blue, 255], 4 * (row * width + column));
    }
    below.drawImage(waterfall, 0, 2);
    below.putImageData(line, 0, 0);
    context.fillStyle = '#05131a';
    context.fillRect(0, 0, width, split);
    context.strokeStyle = '#12343f';
    context.beginPath();
    for (let db = -80; db < top; db += 20) {
      const y = split * (1 - (db - floor + 6) / (top - floor + 6));
      context.moveTo(0, y);
      context.lineTo(width, y);
    }
    context.stroke();
    context.strokeStyle = '#3bc9db';
    context.lineWidth = 1.5;
    context.beginPath();
    powers.forEach((db, column) => context.lineTo(column, split * (1 - (db - floor + 6) / (top - floor + 6))));
    context.stroke();
    context.drawImage(waterfall, 0, split);
  }

  const rows = (height - split) / 2;
  for (let n = 0; n < rows; n += 1) draw(n / 30); // it is full at once
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  let last = 0;
  const frame = (ms) => {
    if (ms - last > 33 && !document.hidden) {
      last = ms;
      draw((rows + ms / 33) / 30);
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})();

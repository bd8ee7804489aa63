import { type Brush, blurred, fillShape, glow, inside, mix, ramp, strokeShape, trace, veil } from '../light.ts';

import { measureLine, setLine } from '../type.ts';
import { lockup } from './lockup.ts';
import { paintTrain } from './train.ts';

export function paintSteepestLine(ctx: Brush, w: number, h: number): void {
  ctx.fillStyle = '#efe3cb';
  ctx.fillRect(0, 0, w, h);
  const rise = 0.52;
  const slope = (x: number) => 1230 - x * rise;
  glow(ctx, [1130, 560], 620, '#ffb38a', 0.35);
  fillShape(ctx, ramp(ctx, [900, 200], [1300, 900], { 0: '#e8452b', 1: '#c22a1c' }), () =>
    ctx.arc(1130, 600, 330, 0, 7),
  );
  inside(
    ctx,
    () =>
      trace(ctx, [
        [0, slope(0)],
        [w, slope(w)],
        [w, h],
        [0, h],
      ]),
    () => {
      ctx.fillStyle = ramp(ctx, [300, 900], [900, 1700], { 0: '#12333a', 1: '#0a1f26' });
      ctx.fillRect(0, 0, w, h);
      // Strata run with the slope and widen away from it.
      for (let i = 0; i < 13; i++) {
        const drop = 74 + i * 34 + i * i * 5.2;
        const thick = 3 + i * 2.4;
        fillShape(ctx, veil(mix('#f0d9a8', '#3f7f80', i / 12), 0.9 - i * 0.045), () =>
          trace(ctx, [
            [0, slope(0) + drop],
            [w, slope(w) + drop],
            [w, slope(w) + drop + thick],
            [0, slope(0) + drop + thick],
          ]),
        );
      }
    },
  );
  strokeShape(ctx, '#efe3cb', 9, () => {
    ctx.moveTo(-20, slope(-20) + 14);
    ctx.lineTo(w + 20, slope(w + 20) + 14);
  });
  for (let x = -10; x < w; x += 40)
    strokeShape(ctx, '#efe3cb', 7, () => {
      ctx.moveTo(x, slope(x) + 18);
      ctx.lineTo(x + 7, slope(x) + 34);
    });
  ctx.save();
  ctx.translate(660, slope(660) + 4);
  ctx.rotate(-Math.atan(rise));
  blurred(ctx, 14, [-340, -70, 740, 130], () =>
    fillShape(ctx, veil('#12060a', 0.35), () => ctx.rect(-290, -18, 640, 26)),
  );
  paintTrain(ctx, [-300, -6], 130, 1, { body: '#16434b', roof: '#0a1f26', band: '#e8452b', window: '#ffe3a8' });
  ctx.restore();
  const big = 500;
  setLine(ctx, '52', { x: 66, y: 440, face: 'interBlack', size: big, tracking: -0.06, colour: '#12333a' });
  const wide = measureLine(ctx, '52', 'interBlack', big, -0.06);
  setLine(ctx, '%', { x: 66 + wide + 30, y: 218, face: 'interBlack', size: 190, colour: '#12333a' });
  setLine(ctx, 'The steepest seat in the country.', {
    x: 82,
    y: 520,
    face: 'interBold',
    size: 35,
    tracking: -0.01,
    colour: '#12333a',
  });
  lockup(ctx, 76, h - 76, 30, '#efe3cb');
  setLine(ctx, 'Rack railway to Ferrin Kulm, daily from 7:05', {
    x: w - 76,
    y: h - 76,
    face: 'inter',
    size: 29,
    align: 'right',
    colour: '#efe3cb',
  });
}

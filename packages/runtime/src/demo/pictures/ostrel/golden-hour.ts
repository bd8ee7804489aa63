import { layVignette } from '../grain.ts';

import { type Brush, blurred, fillShape, haze, inside, ramp, strokeShape, trace, veil } from '../light.ts';

import { setLine, setLines } from '../type.ts';
import { BONE, lockup } from './lockup.ts';

export function paintGoldenHour(ctx: Brush, w: number, h: number): void {
  ctx.fillStyle = ramp(ctx, [0, 0], [0, h], { 0: '#0f5f5b', 0.6: '#1a857a', 1: '#2aa08c' });
  ctx.fillRect(0, 0, w, h);
  fillShape(ctx, ramp(ctx, [0, 300], [0, 1250], { 0: '#ffc24a', 0.6: '#ff8f47', 1: '#f4623f' }), () =>
    ctx.arc(640, 838, 512, 0, 7),
  );
  const hairDark = '#1b1220';
  const lit = '#f4a878';
  const shade = '#b9533c';
  // Hair behind: one heavy shape that falls to the shoulders.
  fillShape(ctx, ramp(ctx, [300, 0], [1000, 0], { 0: '#3a2038', 0.4: hairDark, 1: '#120b16' }), () => {
    ctx.moveTo(640, 350);
    ctx.bezierCurveTo(400, 340, 318, 540, 322, 760);
    ctx.bezierCurveTo(326, 930, 306, 1060, 262, 1180);
    ctx.bezierCurveTo(420, 1240, 860, 1240, 1020, 1180);
    ctx.bezierCurveTo(974, 1060, 954, 930, 958, 760);
    ctx.bezierCurveTo(962, 540, 880, 340, 640, 350);
  });
  // Neck and shoulders.
  const shoulders = () => {
    ctx.moveTo(548, 1040);
    ctx.lineTo(548, 1200);
    ctx.bezierCurveTo(540, 1290, 330, 1310, 210, 1400);
    ctx.bezierCurveTo(150, 1450, 130, 1530, 120, h + 10);
    ctx.lineTo(1160, h + 10);
    ctx.bezierCurveTo(1150, 1530, 1130, 1450, 1070, 1400);
    ctx.bezierCurveTo(950, 1310, 740, 1290, 732, 1200);
    ctx.lineTo(732, 1040);
    ctx.closePath();
  };
  fillShape(ctx, ramp(ctx, [200, 0], [700, 0], { 0: '#f9b98a', 1: lit }), shoulders);
  inside(ctx, shoulders, () => {
    fillShape(ctx, shade, () => {
      ctx.moveTo(520, 1010);
      ctx.bezierCurveTo(560, 1180, 660, 1220, 700, 1240);
      ctx.bezierCurveTo(690, 1330, 720, 1420, 800, h + 10);
      ctx.lineTo(1200, h + 10);
      ctx.lineTo(1200, 1000);
      ctx.closePath();
    });
    fillShape(
      ctx,
      ramp(ctx, [150, 1400], [1100, 1600], { 0: '#fbf1e3', 0.5: '#f1dfcb', 0.56: '#c9a594', 1: '#9d7470' }),
      () => {
        ctx.moveTo(100, 1430);
        ctx.bezierCurveTo(330, 1350, 430, 1370, 470, 1430);
        ctx.bezierCurveTo(540, 1540, 740, 1540, 810, 1430);
        ctx.bezierCurveTo(850, 1370, 950, 1350, 1180, 1430);
        ctx.lineTo(1180, h + 10);
        ctx.lineTo(100, h + 10);
      },
    );
  });
  const face = () => {
    ctx.moveTo(640, 440);
    ctx.bezierCurveTo(470, 440, 428, 590, 432, 760);
    ctx.bezierCurveTo(436, 900, 486, 1010, 560, 1078);
    ctx.bezierCurveTo(606, 1116, 674, 1116, 720, 1078);
    ctx.bezierCurveTo(794, 1010, 844, 900, 848, 760);
    ctx.bezierCurveTo(852, 590, 810, 440, 640, 440);
  };
  fillShape(ctx, ramp(ctx, [430, 0], [850, 0], { 0: '#fcc295', 0.5: lit, 1: '#ef9a6c' }), face);
  inside(ctx, face, () => {
    // One hard edge divides light from shade: brow, nose, lip, chin.
    fillShape(ctx, shade, () => {
      ctx.moveTo(668, 430);
      ctx.lineTo(664, 650);
      ctx.bezierCurveTo(662, 720, 664, 770, 684, 848);
      ctx.bezierCurveTo(690, 878, 672, 892, 640, 890);
      ctx.bezierCurveTo(652, 912, 660, 922, 656, 944);
      ctx.bezierCurveTo(664, 980, 660, 1010, 640, 1036);
      ctx.bezierCurveTo(644, 1070, 640, 1090, 628, 1110);
      ctx.lineTo(900, 1110);
      ctx.lineTo(900, 430);
    });
    fillShape(ctx, '#d97250', () => {
      ctx.moveTo(730, 860);
      ctx.bezierCurveTo(780, 830, 820, 836, 850, 800);
      ctx.bezierCurveTo(846, 900, 800, 980, 756, 1020);
      ctx.bezierCurveTo(776, 960, 770, 900, 730, 860);
    });
    haze(ctx, [505, 890], 90, 56, '#ee6a4e', 0.45);
    fillShape(ctx, veil('#8d3428', 0.85), () => ctx.ellipse(652, 892, 15, 6, 0.2, 0, 7));
    fillShape(ctx, veil('#8d3428', 0.6), () => ctx.ellipse(606, 888, 9, 5, -0.4, 0, 7));
  });
  fillShape(ctx, '#d32f3c', () => {
    ctx.moveTo(552, 972);
    ctx.bezierCurveTo(582, 954, 610, 940, 624, 942);
    ctx.quadraticCurveTo(640, 952, 656, 942);
    ctx.bezierCurveTo(672, 940, 698, 954, 728, 972);
    ctx.bezierCurveTo(690, 1012, 668, 1026, 640, 1026);
    ctx.bezierCurveTo(612, 1026, 590, 1012, 552, 972);
  });
  fillShape(ctx, '#8c1528', () => {
    ctx.moveTo(552, 972);
    ctx.bezierCurveTo(590, 968, 616, 982, 640, 978);
    ctx.bezierCurveTo(664, 982, 690, 968, 728, 972);
    ctx.bezierCurveTo(690, 986, 664, 992, 640, 988);
    ctx.bezierCurveTo(616, 992, 590, 986, 552, 972);
  });
  fillShape(ctx, veil('#ff8f86', 0.9), () => ctx.ellipse(612, 1003, 24, 6, 0.12, 0, 7));
  // The fringe, and the side that the sun touches.
  fillShape(ctx, ramp(ctx, [380, 380], [900, 640], { 0: '#4c2842', 0.35: hairDark, 1: '#120b16' }), () => {
    ctx.moveTo(640, 350);
    ctx.bezierCurveTo(400, 340, 330, 560, 336, 800);
    ctx.bezierCurveTo(350, 960, 370, 1060, 420, 1130);
    ctx.bezierCurveTo(446, 980, 412, 820, 446, 640);
    ctx.bezierCurveTo(560, 662, 720, 662, 834, 640);
    ctx.bezierCurveTo(868, 820, 834, 980, 860, 1130);
    ctx.bezierCurveTo(910, 1060, 930, 960, 944, 800);
    ctx.bezierCurveTo(950, 560, 880, 340, 640, 350);
  });
  for (let i = 0; i < 7; i++) {
    strokeShape(ctx, veil('#c9585a', 0.75 - i * 0.09), 5.5 - i * 0.5, () => {
      ctx.moveTo(560 - i * 4, 372 + i * 12);
      ctx.bezierCurveTo(430 + i * 9, 400 + i * 10, 366 + i * 9, 560, 362 + i * 9, 760 + i * 24);
    });
  }
  const [gy, half] = [738, 122];
  for (const side of [-1, 1] as const) {
    const gx = 640 + side * 138;
    blurred(ctx, 8, [gx - 150, gy - 140, 320, 330], () =>
      inside(ctx, face, () => fillShape(ctx, veil('#6d2020', 0.5), () => ctx.arc(gx + 8, gy + 18, half, 0, 7))),
    );
    fillShape(ctx, '#12343a', () => ctx.arc(gx, gy, half + 15, 0, 7));
    fillShape(
      ctx,
      ramp(ctx, [0, gy - half], [0, gy + half], {
        0: '#1a1230',
        0.42: '#63285e',
        0.7: '#e85c4c',
        0.88: '#ffb457',
        1: '#ffe09a',
      }),
      () => ctx.arc(gx, gy, half, 0, 7),
    );
    inside(
      ctx,
      () => ctx.arc(gx, gy, half, 0, 7),
      () => {
        fillShape(ctx, '#fff0bd', () => ctx.arc(gx - 30, gy + 62, 25, 0, 7));
        fillShape(ctx, '#1c1434', () =>
          trace(ctx, [
            [gx - 140, gy + 132],
            [gx - 140, gy + 70],
            [gx - 70, gy + 96],
            [gx - 10, gy + 82],
            [gx + 60, gy + 102],
            [gx + 140, gy + 60],
            [gx + 140, gy + 132],
          ]),
        );
        fillShape(ctx, veil('#ffffff', 0.2), () =>
          trace(ctx, [
            [gx - 50, gy - 140],
            [gx + 20, gy - 140],
            [gx - 80, gy + 140],
            [gx - 150, gy + 140],
          ]),
        );
      },
    );
    strokeShape(ctx, '#f6c667', 5, () => ctx.arc(gx, gy, half + 12, Math.PI * 1.02, Math.PI * 1.6));
    // The temple goes under the hair, so its end is cut along the lock that covers it.
    fillShape(ctx, '#12343a', () =>
      trace(ctx, [
        [gx + side * (half + 4), gy - 44],
        [gx + side * (half + 34), gy - 50],
        [gx + side * (half + 40), gy - 34],
        [gx + side * (half + 4), gy - 24],
      ]),
    );
    const ear = 640 + side * 250;
    strokeShape(ctx, side < 0 ? '#ffd36b' : '#c98a34', 11, () => ctx.arc(ear, 1092, 52, 0, 7));
    strokeShape(ctx, veil('#fff6d0', side < 0 ? 0.95 : 0.4), 4, () => ctx.arc(ear, 1092, 53, 3.4, 4.6));
  }
  strokeShape(ctx, '#12343a', 13, () => {
    ctx.moveTo(622, gy - 26);
    ctx.quadraticCurveTo(640, gy - 44, 658, gy - 26);
  });
  layVignette(ctx, w, h, '#062c2c', 0.35);
  setLines(ctx, ['Golden hour,', 'any hour.'], {
    x: 70,
    y: 158,
    face: 'frauncesItalic',
    size: 112,
    leading: 1.02,
    tracking: -0.025,
    colour: BONE,
  });
  lockup(ctx, w - 290, 104, 50, BONE);
  setLine(ctx, 'Round 11', { x: w - 74, y: 158, face: 'grotesk', size: 30, align: 'right', colour: BONE });
}

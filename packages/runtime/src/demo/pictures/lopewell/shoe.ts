import { type Brush, blurred, fillShape, inside, type Point, ramp, strokeShape, veil } from '../light.ts';

const LIME = '#dfff4f';

function upper(ctx: Brush): void {
  ctx.moveTo(72, 330);
  ctx.bezierCurveTo(54, 250, 78, 170, 58, 104);
  ctx.bezierCurveTo(54, 80, 82, 70, 98, 92);
  ctx.bezierCurveTo(124, 132, 190, 160, 250, 140);
  ctx.bezierCurveTo(304, 122, 334, 84, 360, 54);
  ctx.bezierCurveTo(374, 38, 408, 44, 414, 66);
  ctx.bezierCurveTo(474, 128, 560, 186, 646, 214);
  ctx.bezierCurveTo(760, 246, 900, 250, 972, 322);
  ctx.bezierCurveTo(990, 342, 988, 358, 980, 372);
  ctx.lineTo(84, 372);
  ctx.closePath();
}

function midsole(ctx: Brush): void {
  ctx.moveTo(64, 292);
  ctx.bezierCurveTo(200, 330, 330, 352, 500, 350);
  ctx.bezierCurveTo(660, 348, 820, 352, 984, 342);
  ctx.bezierCurveTo(1004, 350, 1004, 372, 984, 386);
  ctx.bezierCurveTo(930, 424, 860, 444, 760, 448);
  ctx.bezierCurveTo(560, 456, 330, 452, 150, 446);
  ctx.bezierCurveTo(90, 444, 30, 424, 22, 392);
  ctx.bezierCurveTo(18, 360, 40, 312, 64, 292);
  ctx.closePath();
}

// Where the laces cross: near eyelets down the throat, and the far row behind the tongue.
const EYELETS: readonly (readonly [near: Point, far: Point])[] = [
  [
    [338, 146],
    [420, 84],
  ],
  [
    [380, 172],
    [462, 116],
  ],
  [
    [424, 196],
    [506, 146],
  ],
  [
    [470, 218],
    [552, 172],
  ],
  [
    [518, 238],
    [600, 194],
  ],
];

function paintUpper(ctx: Brush): void {
  // The far side of the collar, seen through the opening.
  fillShape(ctx, ramp(ctx, [90, 90], [300, 150], { 0: '#3a1450', 1: '#1c0830' }), () => {
    ctx.moveTo(70, 96);
    ctx.bezierCurveTo(140, 122, 280, 112, 372, 50);
    ctx.lineTo(300, 160);
    ctx.lineTo(120, 170);
    ctx.closePath();
  });
  fillShape(ctx, ramp(ctx, [0, 60], [0, 380], { 0: '#fffaf4', 0.4: '#f6e6ee', 0.75: '#d9b6d4', 1: '#a578b4' }), () =>
    upper(ctx),
  );
  inside(
    ctx,
    () => upper(ctx),
    () => {
      for (let row = 0; row < 26; row++) {
        for (let column = 0; column < 80; column++) {
          const x = 80 + column * 12 + (row % 2) * 6;
          const y = 120 + row * 10 + Math.max(0, x - 420) * 0.12;
          ctx.fillStyle = veil('#7b4a93', 0.06 + row * 0.007);
          ctx.fillRect(x, y, 4.6, 3.2);
        }
      }
      // Heel counter and toe guard, moulded over the mesh.
      fillShape(ctx, ramp(ctx, [60, 120], [260, 340], { 0: '#ff7a47', 0.5: '#ee3f45', 1: '#8c1c58' }), () => {
        ctx.moveTo(40, 120);
        ctx.bezierCurveTo(110, 150, 150, 190, 176, 240);
        ctx.bezierCurveTo(200, 290, 260, 330, 330, 380);
        ctx.lineTo(40, 380);
      });
      fillShape(ctx, ramp(ctx, [820, 250], [960, 370], { 0: '#ff8a4e', 0.5: '#f04c44', 1: '#94205a' }), () => {
        ctx.moveTo(1010, 300);
        ctx.bezierCurveTo(930, 262, 880, 300, 840, 380);
        ctx.lineTo(1010, 400);
      });
      // Cables fan from the heel to each eyelet: what holds the foot.
      for (const [near] of EYELETS) {
        const cable = () => {
          ctx.moveTo(near[0], near[1] + 10);
          ctx.bezierCurveTo(near[0] - 12, near[1] + 70, near[0] * 0.7 + 90, 330, near[0] * 0.62 + 60, 380);
        };
        ctx.save();
        ctx.translate(3, 5);
        strokeShape(ctx, veil('#5a2a70', 0.35), 9, cable);
        ctx.restore();
        strokeShape(ctx, ramp(ctx, [0, near[1]], [0, 370], { 0: '#ff6a43', 1: '#b62355' }), 7.5, cable);
        strokeShape(ctx, veil('#ffd0a8', 0.55), 1.8, cable);
      }
      blurred(ctx, 20, 'everywhere', () => fillShape(ctx, veil('#3d1258', 0.55), () => ctx.rect(40, 340, 980, 70)));
      blurred(ctx, 16, 'everywhere', () =>
        strokeShape(ctx, veil('#4c1b66', 0.5), 26, () => {
          ctx.moveTo(100, 104);
          ctx.bezierCurveTo(130, 146, 190, 172, 254, 152);
          ctx.bezierCurveTo(310, 134, 340, 96, 366, 64);
        }),
      );
      // Light rakes the instep and the top of the toe.
      blurred(ctx, 9, 'everywhere', () =>
        strokeShape(ctx, veil('#ffffff', 0.95), 22, () => {
          ctx.moveTo(420, 66);
          ctx.bezierCurveTo(474, 124, 560, 182, 646, 210);
          ctx.bezierCurveTo(760, 242, 900, 246, 976, 322);
        }),
      );
      blurred(ctx, 22, 'everywhere', () =>
        fillShape(ctx, veil('#ffffff', 0.55), () => ctx.ellipse(770, 280, 110, 22, 0.16, 0, 7)),
      );
    },
  );
  strokeShape(ctx, veil('#fff6ea', 0.9), 5, () => {
    ctx.moveTo(98, 92);
    ctx.bezierCurveTo(124, 132, 190, 160, 250, 140);
    ctx.bezierCurveTo(304, 122, 334, 84, 360, 54);
  });
}

function paintThroat(ctx: Brush): void {
  fillShape(ctx, ramp(ctx, [360, 60], [600, 230], { 0: '#55206f', 1: '#8d4a9e' }), () => {
    ctx.moveTo(350, 132);
    ctx.bezierCurveTo(372, 104, 392, 72, 408, 56);
    ctx.bezierCurveTo(474, 122, 560, 180, 646, 210);
    ctx.bezierCurveTo(600, 246, 560, 256, 520, 242);
    ctx.bezierCurveTo(450, 216, 396, 178, 350, 132);
  });
  for (const [near, far] of EYELETS) {
    const bend: Point = [(near[0] + far[0]) / 2 - 6, (near[1] + far[1]) / 2 - 14];
    const lace = () => {
      ctx.moveTo(...near);
      ctx.quadraticCurveTo(...bend, ...far);
    };
    ctx.save();
    ctx.translate(4, 8);
    strokeShape(ctx, veil('#2a0b3c', 0.5), 15, lace);
    ctx.restore();
    strokeShape(ctx, '#b9d63a', 15, lace);
    strokeShape(ctx, LIME, 10, lace);
    strokeShape(ctx, veil('#ffffff', 0.6), 3, lace);
    fillShape(ctx, '#3a1450', () => ctx.arc(near[0] - 3, near[1] + 3, 6.5, 0, 7));
  }
  const bows: readonly (readonly [from: Point, out: Point, back: Point, to: Point])[] = [
    [
      [344, 136],
      [262, 96],
      [286, 190],
      [346, 148],
    ],
    [
      [350, 130],
      [330, 56],
      [426, 70],
      [360, 130],
    ],
  ];
  for (const [from, out, back, to] of bows) {
    const bow = () => {
      ctx.moveTo(...from);
      ctx.bezierCurveTo(...out, ...back, ...to);
    };
    strokeShape(ctx, '#a9c72f', 11, bow);
    strokeShape(ctx, LIME, 7.5, bow);
  }
}

function paintMidsole(ctx: Brush): void {
  fillShape(
    ctx,
    ramp(ctx, [0, 292], [0, 452], { 0: '#ffffff', 0.3: '#fff0e6', 0.62: '#f2bcae', 0.86: '#c26a86', 1: '#7d2f6a' }),
    () => midsole(ctx),
  );
  inside(
    ctx,
    () => midsole(ctx),
    () => {
      const groove = (lift: number) => () => {
        ctx.moveTo(10, 372 + lift);
        ctx.bezierCurveTo(160, 408 + lift, 320, 386 + lift, 470, 396 + lift);
        ctx.bezierCurveTo(620, 406 + lift, 760, 398 + lift, 990, 366 + lift);
      };
      for (const lift of [0, 22]) {
        blurred(ctx, 3, 'everywhere', () => strokeShape(ctx, veil('#8d3f74', 0.75), 7, groove(lift)));
        blurred(ctx, 2, 'everywhere', () => strokeShape(ctx, veil('#ffffff', 0.85), 4, groove(lift + 8)));
      }
      // Scooped cut-outs under the arch give the foam its spring.
      for (let i = 0; i < 7; i++) {
        const x = 150 + i * 52;
        fillShape(ctx, ramp(ctx, [x, 408], [x + 30, 440], { 0: '#8e3a74', 1: '#d98a98' }), () =>
          ctx.ellipse(x, 428 + i * 0.6, 18, 7.5, -0.12, 0, 7),
        );
      }
      // Rubber pods, in a strip that hugs the ground line.
      for (let i = 0; i < 22; i++) {
        const x = 60 + i * 42;
        const y = i < 2 ? 436 + i * 5 : x > 740 ? 446 - (x - 740) ** 1.32 * 0.042 : 446;
        fillShape(ctx, ramp(ctx, [0, y - 9], [0, y + 12], { 0: '#f3ff9a', 0.5: LIME, 1: '#8fae1f' }), () =>
          ctx.roundRect(x, y - 8, 33, 30, 5),
        );
      }
      blurred(ctx, 7, 'everywhere', () =>
        strokeShape(ctx, veil('#ffb37e', 0.9), 9, () => {
          ctx.moveTo(22, 396);
          ctx.bezierCurveTo(20, 360, 42, 314, 66, 294);
        }),
      );
    },
  );
  strokeShape(ctx, veil('#ffffff', 0.9), 2.4, () => {
    ctx.moveTo(64, 292);
    ctx.bezierCurveTo(200, 330, 330, 352, 500, 350);
    ctx.bezierCurveTo(660, 348, 820, 352, 984, 342);
  });
}

/** The Feather Nought in side view, toe to the right, in a box of about 1000 by 460. */
export function paintShoe(ctx: Brush): void {
  const tab = () => {
    ctx.moveTo(66, 118);
    ctx.bezierCurveTo(24, 84, 36, 46, 78, 78);
  };
  strokeShape(ctx, '#a9c72f', 15, tab);
  strokeShape(ctx, LIME, 10, tab);
  paintUpper(ctx);
  paintThroat(ctx);
  paintMidsole(ctx);
}

/** The words between the effects: how much, not at all, joined to, and nothing at all. */

/** How much: a factor on the strength of the effect beside it. */
export const STRENGTHS: readonly { phrases: string; factor: number }[] = [
  {
    factor: 0.5,
    phrases:
      'slightly, slight, subtle, subtly, a bit, a bit of, a little, a little bit, a little bit of, a tiny bit, a touch, a touch of, a hint, a hint of, a tad, somewhat, gently, gentle, soft, softly, mild, mildly, light, lightly, faint, faintly, little, bit, touch of, hint of, hints of, a few, few, weak, weakly, thin, narrow, delicate, barely, kind of, kinda, sort of, not too much, just a little, just a bit, only a little, only slightly',
  },
  {
    factor: 1.5,
    phrases:
      'very, really, super, heavy, heavily, strong, strongly, intense, intensely, much, a lot, a lot of, lots of, lots, so much, deep, deeply, dramatically, totally, completely, fully, entirely, extra, thick, dense, ultra, many, plenty of, loads of, tons of, way, far, seriously, highly, full on, big time, maximum, max, powerful, serious, severe',
  },
  {
    factor: 2,
    phrases: 'extremely, extreme, insanely, incredibly, massively, massive, crazy, hugely, very very, way too',
  },
];

export const NEGATIONS =
  'no, not, without, dont, do not, never, none of, nothing, avoid, minus, without any, with no, free of, skip, leave out, not any, not too, not so, cannot, cant, isnt, arent, shouldnt, should not, must not';

/** Asks the local model cannot fulfil: with everything up to the end of the clause they are named in the notes. */
export const REMOVALS =
  'remove, erase, delete, get rid of, cut out, take away, take out, replace, swap, exchange, translate, animate, photoshop out, hide, extract, except, except for, excluding, apart from, other than, everything but';

/** Joining words: they end a phrase, and carry a negation or a colour on. */
export const JOINS = 'and, or, nor, plus, also, as well as, then, and then, followed by, n';
export const TURNS = 'but, however, instead, though, although, yet, only, while, whereas';

/** Verbs that open an ask. */
export const VERBS =
  'make, add, turn, put, give, use, apply, set, change, convert, transform, create, paint, draw, generate, show, render, edit, remix, restyle, place, include, insert, want, need, let, crop, cut, resize, color, colorize, overlay, imagine, design, produce, adjust, tweak, increase, boost, raise, throw, sprinkle, cover, fill, keep, wrap, surround, recolor, recolour, dye, bring, shift, format, sprinkle in, throw in';
export const LESS = 'less, reduce, decrease, lower, fewer, lessen, tone down, turn down';

/** Words without a meaning of their own here: never a leftover. */
export const FILLERS = `a, an, the, it, its, this, that, these, those, my, our, your, their, is, are, be, being, been, was, were, am, as, at, by, for, from, in, into, of, on, onto, to, up, with, over, all, any, some, more, most, like, look, looks, looking, feel, feels, feeling, style, styled, styles, effect, effects, filter, filters, vibe, vibes, mood, tone, tones, toned, toning, touch, version, kind, sort, type, image, images, picture, pictures, photo, photos, photograph, photography, pic, pics, ad, ads, advert, advertisement, shot, snapshot, scene, scenery, thing, things, please, pls, plz, thanks, thank, you, i, id, im, we, me, us, can, could, would, will, should, shall, may, might, must, hi, hello, hey, just, also, too, so, very, really, quite, rather, there, here, everything, whole, entire, overall, full, bit, lot, much, one, if, possible, maybe, perhaps, have, has, had, having, get, gets, got, do, does, did, doing, done, go, going, seem, seems, appear, appears, now, again, even, still, both, each, every, other, out, off, down, around, across, throughout, everywhere, through, during, new, nice, nicely, good, best, great, beautiful, beautifully, pretty, lovely, cool looking, awesome, amazing, stunning, gorgeous, fancy, way, coming, set, taken, time, day, using, via, color, colors, colored, coloring, hue, hues, shade, shades, palette, scheme, wash, overlay, lighting, atmosphere, ambience, ambiance, theme, themed, inspired, format, formatted, ratio, aspect, aspect ratio, size, sized, mode, instagram, background music, layer, theres, what, which, who, how, where, when, than, them, they, he, she, his, her, him, hers, able, try, see, falling, flying, floating, drifting, shining, appearing, made, shaped, orientation, weather, art, artwork, illustration, print, quality, level, levels, amount, percent, degrees, piece, lets, s, t, re, ll, ve, d, m, x, look like, background of, wording, okay, ok`;

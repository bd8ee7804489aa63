/** What `image.create` can paint without a model, by the words that ask for it. */

export type SceneKind =
  | 'mountains'
  | 'sea'
  | 'city'
  | 'forest'
  | 'desert'
  | 'hills'
  | 'space'
  | 'sky'
  | 'gradient'
  | 'waves'
  | 'bauhaus'
  | 'product';

export type ProductShape = 'bottle' | 'can' | 'cup' | 'shoe' | 'box' | 'jar' | 'perfume' | 'tube' | 'phone' | 'watch';

/** `landmark` marks extras that stand in a scene: a palm tree, a boat, the sun. */
export type SceneExtra =
  | 'palm'
  | 'boat'
  | 'sun'
  | 'moon'
  | 'birds'
  | 'balloon'
  | 'clouds'
  | 'planet'
  | 'flowers'
  | 'trees'
  | 'lake'
  | 'house';

export type SceneWord = { phrases: string; kind?: SceneKind; product?: ProductShape; extra?: SceneExtra };

export const SCENE_WORDS: readonly SceneWord[] = [
  {
    phrases: 'mountain, mountains, alps, alpine, peak, peaks, summit, himalaya, fjord, valley, landscape, nature',
    kind: 'mountains',
  },
  {
    phrases: 'sea, ocean, beach, coast, seaside, seascape, shore, bay, island, waterfront, surf, harbour, harbor',
    kind: 'sea',
  },
  {
    phrases:
      'city, skyline, cityscape, town, downtown, urban, buildings, building, skyscraper, skyscrapers, metropolis, new york, tokyo, manhattan, street',
    kind: 'city',
  },
  { phrases: 'forest, woods, woodland, jungle, pines, pine trees, pine forest, rainforest', kind: 'forest' },
  { phrases: 'desert, dunes, dune, sahara, sand dunes', kind: 'desert' },
  {
    phrases: 'hill, hills, meadow, field, fields, countryside, farmland, grassland, vineyard, park, garden, grass',
    kind: 'hills',
  },
  { phrases: 'space, galaxy, universe, cosmos, nebula, outer space, cosmic', kind: 'space' },
  { phrases: 'sky, skies, cloudscape, heaven', kind: 'sky' },
  {
    phrases: 'gradient, abstract, background, wallpaper, backdrop, mesh gradient, blurred gradient, aurora, colors',
    kind: 'gradient',
  },
  { phrases: 'waves, wave, wavy, curves, ribbons, flowing lines', kind: 'waves' },
  {
    phrases: 'bauhaus, geometric, geometry, shapes, circles, triangles, pattern, geometric shapes, squares, memphis',
    kind: 'bauhaus',
  },
  {
    phrases:
      'product, product shot, product photo, packshot, bottle, water bottle, wine bottle, wine, drink, beer, lemonade, juice, shampoo',
    kind: 'product',
    product: 'bottle',
  },
  { phrases: 'can, soda, soda can, cola, energy drink, beer can, tin', kind: 'product', product: 'can' },
  {
    phrases: 'cup, mug, coffee, coffee cup, tea, cup of coffee, cup of tea, espresso, cappuccino, latte',
    kind: 'product',
    product: 'cup',
  },
  {
    phrases: 'shoe, shoes, sneaker, sneakers, trainer, trainers, running shoe, running shoes',
    kind: 'product',
    product: 'shoe',
  },
  {
    phrases: 'box, package, packaging, gift, gift box, present, presents, parcel, carton',
    kind: 'product',
    product: 'box',
  },
  { phrases: 'jar, cream jar, honey jar, jam, candle, face cream, cosmetics', kind: 'product', product: 'jar' },
  { phrases: 'perfume, fragrance, perfume bottle, cologne', kind: 'product', product: 'perfume' },
  { phrases: 'tube, toothpaste, lotion, lipstick', kind: 'product', product: 'tube' },
  { phrases: 'phone, smartphone, iphone, mobile phone, mobile, app', kind: 'product', product: 'phone' },
  { phrases: 'watch, smartwatch, wristwatch', kind: 'product', product: 'watch' },
  { phrases: 'palm, palms, palm tree, palm trees, tropical island', extra: 'palm' },
  { phrases: 'boat, boats, ship, sailboat, sailing boat, yacht', extra: 'boat' },
  { phrases: 'sun, sunny, sunshine', extra: 'sun' },
  { phrases: 'moon, full moon, moonlight, crescent', extra: 'moon' },
  { phrases: 'bird, birds, seagulls, seagull, flock of birds', extra: 'birds' },
  { phrases: 'hot air balloon, hot air balloons, balloon, balloons', extra: 'balloon' },
  { phrases: 'cloud, clouds, cloudy', extra: 'clouds' },
  { phrases: 'planet, planets, saturn', extra: 'planet' },
  { phrases: 'flower, flowers, tulips, poppies, wildflowers, blooming, lavender field, sunflowers', extra: 'flowers' },
  { phrases: 'tree, trees', extra: 'trees' },
  { phrases: 'lake, river, reflection, reflections, pond', extra: 'lake' },
  { phrases: 'house, cabin, hut, cottage, chalet', extra: 'house' },
];

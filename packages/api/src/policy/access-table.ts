import { randomUUID } from 'node:crypto';
import {
  type AccessCase,
  asGuest,
  everybody,
  everybodyKnown,
  firstWrite,
  forbidden,
  membersOnly,
  missing,
  nobodyWith,
  ok,
  ownerOnly,
  press,
  signIn,
  signUp,
  staffOnly,
  told,
  unlisted,
} from './access-scene.ts';
import { operationsTable } from './operations-table.ts';
import { webhooksTable } from './webhooks-table.ts';

/** Who may enter by each door, and what everybody else is told there. */
export const accessTable: Record<string, readonly AccessCase[]> = {
  'account.me': [{ when: 'it is asked for', input: () => undefined, ...everybodyKnown }],
  'account.change': [
    {
      when: 'the name is fine',
      input: () => ({ name: 'Ann Example' }),
      ...everybodyKnown,
      guest: signUp('Sign up to have a name of your own. It is free.'),
    },
  ],
  'auth.login': [
    {
      when: 'nobody has the password',
      input: () => ({ email: 'nobody@example.com', password: 'not the right one' }),
      ...nobodyWith(told('UNAUTHORIZED', 'Nobody can sign in here.')),
    },
  ],
  'auth.refresh': [
    {
      when: 'no token is shown',
      input: () => undefined,
      ...nobodyWith(told('UNAUTHORIZED', 'Nobody can sign in here.')),
    },
  ],
  'auth.logout': [
    {
      when: 'no token is shown',
      input: () => undefined,
      ...nobodyWith(told('UNAUTHORIZED', 'Nobody can sign in here.')),
    },
  ],
  'ads.feed': [{ when: 'it is asked for', input: () => ({}), ...everybody }],
  'ads.byId': [
    { when: 'the ad is published', input: ({ ad }) => ({ id: ad.id }), ...everybody },
    { when: 'the ad was hidden', input: (scene) => scene.aHiddenAd(), ...unlisted('ad'), staff: ok },
  ],
  'ads.create': [
    {
      when: 'the picture is the person’s',
      input: ({ assetId }) => ({
        assetId,
        title: 'New',
        brand: { newBrand: 'A new brand' },
        idempotencyKey: randomUUID(),
      }),
      ...ownerOnly('upload'),
      guest: signUp('Sign up to publish an ad. It is free, and your remixes come along.'),
    },
    {
      when: 'the brand is the person’s',
      input: ({ assetId, ad }) => ({
        assetId,
        title: 'Another',
        brand: { brandId: ad.brand.id },
        idempotencyKey: randomUUID(),
      }),
      ...ownerOnly('upload'),
      guest: signUp('Sign up to publish an ad. It is free, and your remixes come along.'),
    },
    {
      when: 'the brand is the person’s, and the picture one’s own',
      input: async (scene, who) => ({
        assetId: await scene.pictureOf(who),
        title: 'For the brand',
        brand: { brandId: scene.ad.brand.id },
        idempotencyKey: randomUUID(),
      }),
      ...membersOnly('brand'),
      guest: signUp('Sign up to publish an ad. It is free, and your remixes come along.'),
      analyst: forbidden('Your role in this brand may not publish ads.'),
    },
  ],
  'ads.remove': [
    {
      when: 'the ad is one of the person’s brand',
      input: async (scene) => ({ id: (await scene.anotherAd()).id }),
      visitor: signIn,
      guest: forbidden('Only its author and its brand may remove this ad.'),
      stranger: forbidden('Only its author and its brand may remove this ad.'),
      staff: forbidden('Only its author and its brand may remove this ad.'),
      editor: ok,
      admin: ok,
      owner: ok,
      person: ok,
    },
  ],
  'assets.requestSlot': [
    {
      when: 'a picture is to be uploaded',
      input: () => ({ mimeType: 'image/jpeg', bytes: 1_000 }),
      ...everybodyKnown,
      guest: signUp('Sign up to upload pictures of your own. It is free, and your remixes come along.'),
    },
  ],
  'assets.complete': [
    { when: 'the upload is the person’s', input: ({ assetId }) => ({ id: assetId }), ...ownerOnly('upload') },
  ],
  'assets.byId': [
    { when: 'the upload is the person’s', input: ({ assetId }) => ({ id: assetId }), ...ownerOnly('upload') },
  ],
  'brands.mine': [{ when: 'it is asked for', input: () => undefined, ...everybodyKnown }],
  'brands.create': [
    {
      when: 'the name is free',
      input: () => ({ name: `Brand ${randomUUID()}` }),
      ...everybodyKnown,
      guest: signUp('Sign up to make a brand. It is free.'),
    },
  ],
  'brands.report': [
    { when: 'the brand is the person’s', input: ({ ad }) => ({ brandId: ad.brand.id }), ...membersOnly('brand') },
  ],
  'credits.balance': [{ when: 'it is asked for', input: () => undefined, ...everybody }],
  'credits.movements': [
    { when: 'they are one’s own', input: () => ({}), ...everybodyKnown },
    {
      when: 'the brand is the person’s',
      input: ({ ad }) => ({ account: ad.brand.id }),
      ...membersOnly('brand'),
      staff: ok,
    },
  ],
  'credits.export': [
    { when: 'they are one’s own', input: () => ({}), ...everybodyKnown },
    {
      when: 'the brand is the person’s',
      input: ({ ad }) => ({ account: ad.brand.id }),
      ...membersOnly('brand'),
      staff: ok,
    },
  ],
  'credits.statement': [
    { when: 'it is one’s own', input: () => ({}), ...everybodyKnown },
    {
      when: 'the brand is the person’s',
      input: ({ ad }) => ({ account: ad.brand.id }),
      ...membersOnly('brand'),
      staff: ok,
    },
  ],
  'credits.adjust': [
    {
      when: 'the person is to be given credits',
      input: ({ actors }) => ({
        to: { userId: actors.person.actor.userId },
        amount: 5,
        reason: 'A present.',
        idempotencyKey: randomUUID(),
      }),
      ...staffOnly('Only the staff may adjust credits.'),
    },
  ],
  'credits.refund': [
    {
      when: 'the person paid for the generation',
      input: ({ draft }) => ({
        generationId: draft.generationId,
        reason: 'It came out black.',
        idempotencyKey: randomUUID(),
      }),
      ...staffOnly('Only the staff may refund credits.'),
    },
  ],
  'generation.models': [{ when: 'it is asked for', input: () => undefined, ...everybody }],
  'generation.weather': [{ when: 'it is asked for', input: () => undefined, ...everybody }],
  'generation.request': [
    {
      when: 'a picture is to be made from words',
      input: () => ({ kind: 'image.create', prompt: 'a lake', idempotencyKey: randomUUID() }),
      ...firstWrite,
    },
    {
      when: 'the picture is a published ad’s',
      input: ({ ad }) => ({
        kind: 'image.edit',
        assetId: ad.picture.id,
        prompt: 'snow',
        idempotencyKey: randomUUID(),
      }),
      ...firstWrite,
    },
    {
      when: 'a brand of the person’s is to pay',
      input: ({ ad }) => ({
        kind: 'image.create',
        prompt: 'a lake',
        brandId: ad.brand.id,
        idempotencyKey: randomUUID(),
      }),
      visitor: asGuest(forbidden('You may not spend the credits of this brand.')),
      guest: forbidden('You may not spend the credits of this brand.'),
      stranger: forbidden('You may not spend the credits of this brand.'),
      staff: forbidden('You may not spend the credits of this brand.'),
      editor: told('PAYMENT_REQUIRED', 'This costs 4 credits and the brand has 0. Nothing was charged.'),
      admin: told('PAYMENT_REQUIRED', 'This costs 4 credits and the brand has 0. Nothing was charged.'),
      owner: told('PAYMENT_REQUIRED', 'This costs 4 credits and the brand has 0. Nothing was charged.'),
      person: told('PAYMENT_REQUIRED', 'This costs 4 credits and the brand has 0. Nothing was charged.'),
    },
  ],
  'generation.stream': [
    {
      when: 'words are asked for',
      input: () => ({ kind: 'text.stream', prompt: 'a story', idempotencyKey: randomUUID() }),
      ...firstWrite,
    },
  ],
  'generation.byId': [
    {
      when: 'the generation is the person’s',
      input: ({ draft }) => ({ id: draft.generationId }),
      ...ownerOnly('generation'),
    },
  ],
  'generation.mine': [{ when: 'it is asked for', input: () => ({ kind: 'image.edit' }), ...everybodyKnown }],
  'generation.cancel': [
    {
      when: 'the generation is the person’s',
      input: async (scene) => ({ id: (await scene.begin()).generationId }),
      ...ownerOnly('generation'),
    },
  ],
  'generation.receipt': [
    {
      when: 'the generation is the person’s',
      input: ({ draft }) => ({ id: draft.generationId }),
      ...ownerOnly('receipt'),
    },
  ],
  'live.mine': [{ when: 'it is listened to', input: () => undefined, ...everybodyKnown }],
  'moderation.report': [
    {
      when: 'the ad is published',
      input: ({ ad }) => ({ target: { adId: ad.id }, reason: 'It is a trap.' }),
      ...firstWrite,
    },
    {
      when: 'the remix is a draft of the person’s',
      input: ({ draft }) => ({ target: { remixId: draft.id }, reason: 'It is a trap.' }),
      ...unlisted('remix'),
      visitor: asGuest(missing('remix')),
    },
  ],
  'moderation.hide': [
    {
      when: 'the ad is published',
      input: async (scene) => ({ target: { adId: (await scene.anotherAd()).id }, isHidden: true }),
      visitor: signIn,
      guest: forbidden('Only the staff may hide things.'),
      stranger: forbidden('Only the staff may hide things.'),
      staff: ok,
      person: forbidden('Only the staff may hide things.'),
    },
  ],
  ...operationsTable,
  'quotas.mine': [
    { when: 'it is asked for', input: () => ({}), ...everybody },
    {
      when: 'the brand is the person’s',
      input: ({ ad }) => ({ brandId: ad.brand.id }),
      ...membersOnly('brand'),
      visitor: missing('brand'),
      staff: ok,
    },
  ],
  'quotas.of': [
    {
      when: 'it is about the person',
      input: ({ actors }) => ({ of: { userId: actors.person.actor.userId } }),
      ...staffOnly('Only the staff may look at the quotas of others.'),
    },
  ],
  'quotas.set': [
    {
      when: 'it is about the person',
      input: ({ actors }) => ({ of: { userId: actors.person.actor.userId }, metric: 'tokens', limit: 1_000_000 }),
      ...staffOnly('Only the staff and the owners of a brand may set quotas.'),
    },
    {
      when: 'the brand is the person’s',
      input: ({ ad }) => ({ of: { brandId: ad.brand.id }, metric: 'tokens', limit: 1_000_000 }),
      ...staffOnly('Only the staff and the owners of a brand may set quotas.'),
      owner: ok,
      person: ok,
    },
  ],
  'remixes.request': [
    { when: 'the ad is published', input: ({ ad }) => press({ adId: ad.id }), ...firstWrite },
    {
      when: 'the ad was hidden',
      input: async (scene) => press({ adId: (await scene.aHiddenAd()).id }),
      visitor: asGuest(missing('ad')),
      guest: missing('ad'),
      stranger: missing('ad'),
      staff: missing('ad'),
      person: missing('ad'),
    },
    {
      when: 'the remix to start from is published',
      input: ({ ad, published }) => press({ adId: ad.id, parentId: published.id }),
      ...firstWrite,
    },
  ],
  'remixes.byId': [
    { when: 'the remix is published', input: ({ published }) => ({ id: published.id }), ...everybody },
    { when: 'the remix is a draft', input: ({ draft }) => ({ id: draft.id }), ...unlisted('remix') },
    { when: 'the remix was hidden', input: (scene) => scene.aHiddenRemix(), ...unlisted('remix'), staff: ok },
  ],
  'remixes.ofAd': [{ when: 'the ad is published', input: ({ ad }) => ({ adId: ad.id }), ...everybody }],
  'remixes.ofRemix': [
    { when: 'the remix is published', input: ({ published }) => ({ remixId: published.id }), ...everybody },
  ],
  'remixes.ancestors': [
    { when: 'the remix is published', input: ({ published }) => ({ id: published.id }), ...everybody },
  ],
  'remixes.download': [
    { when: 'the remix is published', input: ({ published }) => ({ id: published.id }), ...everybody },
    { when: 'the remix is a draft', input: ({ draft }) => ({ id: draft.id }), ...unlisted('remix') },
  ],
  'remixes.mine': [{ when: 'it is asked for', input: () => ({}), ...everybodyKnown }],
  'remixes.publish': [
    {
      when: 'the remix is a draft of the person’s',
      input: async (scene) => ({ id: (await scene.finish()).id }),
      ...ownerOnly('remix'),
      guest: signUp('Sign up to publish this remix. It stays yours and comes along.'),
    },
  ],
  'remixes.remove': [
    {
      when: 'the remix is the person’s',
      input: async (scene) => ({ id: (await scene.finish()).id }),
      ...ownerOnly('remix'),
    },
  ],
  'usage.read': [
    {
      when: 'it is about all brands',
      input: () => ({ from: '2026-01-01', to: '2026-01-31' }),
      ...staffOnly('Only the staff may see what all brands use. Name one of yours.'),
    },
    {
      when: 'the brand is the person’s',
      input: ({ ad }) => ({ from: '2026-01-01', to: '2026-01-31', brandId: ad.brand.id }),
      ...membersOnly('brand'),
      analyst: forbidden('Only the owners and admins of a brand may see what it uses.'),
      editor: forbidden('Only the owners and admins of a brand may see what it uses.'),
      staff: ok,
    },
  ],
  ...webhooksTable,
};

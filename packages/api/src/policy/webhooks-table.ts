import { createWebhook } from '@repo/domain/webhooks/create-webhook';
import { type AccessCase, everybodyKnown, forbidden, ok, ownerOnly, type Scene, signUp } from './access-scene.ts';

const WEBHOOK_SIGN_UP = 'Sign up to use webhooks. It is free.';
const aWebhookInput = { url: 'https://example.com/hook', types: ['remix.published' as const] };
/** A brand's webhooks are its owners' and admins'. */
const brandRunOnly = forbidden('Only owners and admins of a brand may manage its webhooks.');
const webhooksOfBrand = {
  ...ownerOnly('brand'),
  guest: signUp(WEBHOOK_SIGN_UP),
  analyst: brandRunOnly,
  editor: brandRunOnly,
  admin: ok,
  owner: ok,
};
const aWebhookOf = async ({ actors }: Scene) => {
  const { id } = await createWebhook(actors.person, { ...aWebhookInput, description: '' });
  return { id };
};

/** The rows of webhooks: who may do what with them. */
export const webhooksTable: Record<string, readonly AccessCase[]> = {
  'webhooks.list': [
    { when: 'it is asked for', input: () => ({}), ...everybodyKnown },
    { when: 'the brand is the person’s', input: ({ ad }) => ({ brandId: ad.brand.id }), ...webhooksOfBrand },
  ],
  'webhooks.create': [
    {
      when: 'it is for oneself',
      input: () => aWebhookInput,
      ...everybodyKnown,
      guest: signUp(WEBHOOK_SIGN_UP),
    },
    {
      when: 'the brand is the person’s',
      input: ({ ad }) => ({ ...aWebhookInput, brandId: ad.brand.id }),
      ...webhooksOfBrand,
    },
  ],
  'webhooks.byId': [{ when: 'the webhook is the person’s', input: aWebhookOf, ...ownerOnly('webhook') }],
  'webhooks.update': [
    {
      when: 'the webhook is the person’s',
      input: async (scene) => ({ ...(await aWebhookOf(scene)), state: 'paused' }),
      ...ownerOnly('webhook'),
    },
  ],
  'webhooks.remove': [{ when: 'the webhook is the person’s', input: aWebhookOf, ...ownerOnly('webhook') }],
  'webhooks.rotate': [{ when: 'the webhook is the person’s', input: aWebhookOf, ...ownerOnly('webhook') }],
  'webhooks.deliveries': [{ when: 'the webhook is the person’s', input: aWebhookOf, ...ownerOnly('webhook') }],
  'webhooks.replay': [
    {
      when: 'the webhook is the person’s',
      input: async (scene) => ({ ...(await aWebhookOf(scene)), from: new Date(0) }),
      ...ownerOnly('webhook'),
    },
  ],
  'webhooks.ping': [{ when: 'the webhook is the person’s', input: aWebhookOf, ...ownerOnly('webhook') }],
};

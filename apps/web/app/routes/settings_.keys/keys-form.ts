import { scopesFor } from '@repo/domain/keys/rules';
import { MakeKeyInput, RenameKeyInput, RevokeKeyInput, RotateKeyInput } from '@repo/domain/keys/schema';
import { SCOPE_NAMES, type Scope } from '@repo/domain/permissions/rules';
import { z } from 'zod';

export const PRESETS = {
  read: 'Read only: everything it may see, nothing it may change',
  all: 'Everything',
  chosen: 'Only what you choose',
} as const;
export type Preset = keyof typeof PRESETS;

/** The name of the box for a scope; a form without scripts posts the boxes that are ticked. */
export const boxOf = (scope: Scope) => `may ${scope}` as const;

const boxes = Object.fromEntries(SCOPE_NAMES.map((scope) => [boxOf(scope), z.string().optional()]));

/** The forms of this page, told apart by their button. */
export const KeysForm = z.discriminatedUnion('intent', [
  MakeKeyInput.pick({ name: true, lifetime: true, perMinute: true, formKey: true })
    .extend({
      ...boxes,
      intent: z.literal('make'),
      owner: z.union([z.literal('me'), z.uuid()]),
      preset: z.enum(['read', 'all', 'chosen'], 'Choose what the key may do.'),
    })
    .superRefine((form, check) => {
      if (scopesOf(form).length > 0) return;
      const message = 'Tick at least one thing that the key may do.';
      check.addIssue({ code: 'custom', path: ['preset'], message });
    }),
  RenameKeyInput.extend({ intent: z.literal('rename') }),
  RotateKeyInput.extend({ intent: z.literal('rotate') }),
  RevokeKeyInput.extend({ intent: z.literal('revoke') }),
]);
export type KeysForm = z.infer<typeof KeysForm>;

export function makeInputOf(form: Extract<KeysForm, { intent: 'make' }>): z.input<typeof MakeKeyInput> {
  const { name, lifetime, perMinute, formKey, owner } = form;
  return { name, lifetime, perMinute, formKey, brandId: owner === 'me' ? null : owner, scopes: scopesOf(form) };
}

/** What is asked for by a preset or by ticks. A box that makes no sense for a brand is left out. */
function scopesOf(form: { owner: string; preset: Preset }): Scope[] {
  const ticked = form as unknown as Record<string, string | undefined>;
  const isMeant: Record<Preset, (scope: Scope) => boolean> = {
    read: (scope) => scope.endsWith(':read'),
    all: () => true,
    chosen: (scope) => ticked[boxOf(scope)] !== undefined,
  };
  return scopesFor(form.owner !== 'me').filter(isMeant[form.preset]);
}

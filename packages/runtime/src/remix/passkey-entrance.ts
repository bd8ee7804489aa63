import { safeReturnPath } from '@repo/domain/accounts/rules';
import { SignInByPasskeyInput } from '@repo/domain/passkeys/schema';
import { z } from 'zod';
import { accountsFor } from './api-for.ts';

const json = { headers: { 'cache-control': 'no-store' } };
const badRequest = () => new Response('This could not be read. Try again.', { status: 400 });

/**
 * Where the scripts of the sign-in pages of both apps ask for a challenge (nothing posted) and send what the browser
 * answered. Refusals are sentences.
 */
export async function passkeyEntrance(request: Request): Promise<Response> {
  const text = await request.text();
  if (text === '') {
    const { options } = await accountsFor(request).passkeySignInOptions();
    return Response.json(options, json);
  }
  const input = SignInByPasskeyInput.safeParse(parseJson(text));
  if (!input.success) throw badRequest();
  await accountsFor(request).signInByPasskey(input.data);
  return Response.json({ to: safeReturnPath(new URL(request.url).searchParams.get('to')) }, json);
}

const AddOptionsForm = z.object({ password: z.string().max(1_024).optional() });

/** Where the settings ask what a passkey is to be made from. */
export async function passkeyOptionsFor(request: Request): Promise<Response> {
  const input = AddOptionsForm.safeParse(parseJson(await request.text()));
  if (!input.success) throw badRequest();
  const { password } = input.data;
  const { options } = await accountsFor(request).passkeyOptions(password ? { password } : {});
  return Response.json(options, json);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

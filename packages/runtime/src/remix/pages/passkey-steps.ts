import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser';

/** A step that ended with a sentence to show. */
export class PasskeyRefusal extends Error {}

/** Sends `body` and reads the answer. Refusals of the server are plain sentences. */
export async function postPasskeyStep<Answer>(path: string, body?: unknown): Promise<Answer> {
  const sent =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const answer = await fetch(path, { method: 'POST', redirect: 'manual', ...sent }).catch(() => {
    throw new PasskeyRefusal('The server could not be reached. Check your connection and try again.');
  });
  if (answer.ok) return answer.json();
  const isPlain = answer.headers.get('content-type')?.startsWith('text/plain');
  const sentence = isPlain ? await answer.text() : '';
  throw new PasskeyRefusal(sentence || 'This did not work. Load the page again and try once more.');
}

export async function makePasskey(options: PublicKeyCredentialCreationOptionsJSON): Promise<RegistrationResponseJSON> {
  const { startRegistration } = await import('@simplewebauthn/browser');
  return startRegistration({ optionsJSON: options }).catch(explain);
}

export async function askForPasskey(
  options: PublicKeyCredentialRequestOptionsJSON,
): Promise<AuthenticationResponseJSON> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  return startAuthentication({ optionsJSON: options }).catch(explain);
}

const SENTENCES: Record<string, string> = {
  NotAllowedError: 'Nothing happened: it was stopped, took too long, or there is no passkey for this site here.',
  AbortError: 'Nothing happened: it was stopped.',
  InvalidStateError: 'This device has a passkey for your account already.',
  SecurityError: 'Passkeys do not work at this address. Open the site at its proper name, with HTTPS.',
};

function explain(error: unknown): never {
  const name = error instanceof Error ? error.name : '';
  throw new PasskeyRefusal(SENTENCES[name] ?? 'The browser could not do this. Use your password instead.');
}

/** True in a browser that can keep and use passkeys, on a page that may. */
export const canUsePasskeys = (): boolean =>
  typeof window !== 'undefined' && window.isSecureContext && typeof window.PublicKeyCredential === 'function';

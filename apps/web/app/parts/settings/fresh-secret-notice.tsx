import { Notice } from '@repo/ui';
import { ShownOnce } from './shown-once.tsx';

/** The one time that the secret of a webhook is shown. */
export function FreshSecretNotice({ url, secret }: { url: string; secret: string }) {
  return (
    <Notice tone="success" live title="Here is the secret of the webhook.">
      <div className="grid gap-3">
        <p className="break-words">
          Copy it now: it is not shown again. With it you see that a message to {url} is ours: we sign as{' '}
          <a href="https://www.standardwebhooks.com" className="underline">
            Standard Webhooks
          </a>{' '}
          say, so their libraries can check it.
        </p>
        <ShownOnce label="Secret" name="secret" value={secret} />
      </div>
    </Notice>
  );
}

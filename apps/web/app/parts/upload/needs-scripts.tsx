import { Notice } from '@repo/ui';

/** For browsers without scripts: a picture is sent by one, piece by piece and with its progress. */
export function NeedsScripts() {
  return (
    <noscript>
      <Notice tone="warning" title="Uploading needs JavaScript" className="mb-6">
        The picture goes straight from your browser to storage, which a plain form cannot do. Switch JavaScript on for
        this site and load the page again; everything else here works without it.
      </Notice>
    </noscript>
  );
}

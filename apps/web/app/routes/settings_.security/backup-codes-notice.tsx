import { Button, CopyButton, Notice } from '@repo/ui';

/** The one time that backup codes are shown. */
export function BackupCodesNotice({ codes, title }: { codes: string[]; title: string }) {
  const text = `${codes.join('\n')}\n`;
  return (
    <Notice tone="success" live title={title}>
      <div className="grid gap-3">
        <p>
          These are your backup codes. Each one signs you in once when your app is not at hand. Keep them apart from
          your password: they are not shown again.
        </p>
        <ul className="grid gap-1 font-mono text-[13px] text-ink sm:grid-cols-2">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div className="flex flex-wrap gap-2">
          <CopyButton value={text} label="Copy the codes" />
          <Button size="sm" asChild>
            <a href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`} download="remixify-backup-codes.txt">
              Download
            </a>
          </Button>
        </div>
      </div>
    </Notice>
  );
}

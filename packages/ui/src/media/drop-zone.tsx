import { ImagePlus, TriangleAlert } from 'lucide-react';
import { type DragEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { cn } from '../cn.ts';
import { Button } from '../controls/button.tsx';
import { Progress } from '../feedback/progress.tsx';
import { FilePreview } from './file-preview.tsx';
import { type FileRefusal, formatBytes, listKinds, refuseFile } from './refuse-file.ts';

/** Where an upload stands, as the sender really knows it. */
export type UploadState =
  | { state: 'preparing'; label: string }
  | { state: 'sending'; sentBytes: number; totalBytes: number }
  | { state: 'checking' }
  | { state: 'done' };

export type DropZoneProps = {
  label: string;
  /** Defaults to the kinds and the size taken. */
  description?: ReactNode;
  /** MIME types. */
  accept: readonly string[];
  maxBytes?: number;
  /** Looks into the file instead of at its type and size alone. */
  inspect?: (file: File) => Promise<FileRefusal | null>;
  /** The file chosen; the parent keeps it. */
  file: File | null;
  /** Called with a file that may be sent, or with null when it is taken out. */
  onFile: (file: File | null) => void;
  /** Told of a file that was not taken; the zone has shown why already. */
  onRefuse?: (file: File, refusal: FileRefusal) => void;
  /** Offered beside a refusal that a smaller picture would not meet. */
  onShrink?: (file: File) => void;
  upload?: UploadState | null;
  onCancel?: () => void;
  /** What the server said about the file. */
  error?: ReactNode;
  /** Takes a picture pasted anywhere on the page. */
  paste?: boolean;
  /** Field name, for a plain form before scripts arrive. */
  name?: string;
  required?: boolean;
  disabled?: boolean;
  className?: string;
};

/** Takes one file by drop, click, keyboard or paste; refuses early and says why; shows true progress. */
export function DropZone(props: DropZoneProps) {
  const { label, accept, maxBytes, file, onFile, onRefuse, onShrink, upload, onCancel, error, disabled } = props;
  const { paste = true, name = 'file', required, className } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [refused, setRefused] = useState<{ file: File; refusal: FileRefusal } | null>(null);
  const busy = upload != null && upload.state !== 'done';
  const latest = useRef<File | null>(null);
  const description =
    props.description ??
    `${listKinds(accept)}${maxBytes ? `, up to ${formatBytes(maxBytes)}` : ''}. Drop it, paste it, or choose it.`;

  const take = async (chosen: File | undefined) => {
    if (!chosen || disabled || busy) return;
    latest.current = chosen;
    const refusal = await (props.inspect?.(chosen) ?? refuseFile(chosen, { accept, maxBytes }));
    // Another one was chosen while this one was looked at.
    if (latest.current !== chosen) return;
    setRefused(refusal && { file: chosen, refusal });
    if (refusal) onRefuse?.(chosen, refusal);
    else onFile(chosen);
  };
  const latestTake = useRef(take);
  useEffect(() => {
    latestTake.current = take;
  });
  useEffect(() => {
    if (!paste) return;
    const onPaste = (event: ClipboardEvent) => {
      const pasted = event.clipboardData?.files[0];
      if (!pasted) return;
      event.preventDefault();
      void latestTake.current(pasted);
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, [paste]);
  // A file let go a little beside the zone must not make the browser leave the page, and what was typed on it.
  useEffect(() => {
    const stay = (event: globalThis.DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    window.addEventListener('dragover', stay);
    window.addEventListener('drop', stay);
    return () => {
      window.removeEventListener('dragover', stay);
      window.removeEventListener('drop', stay);
    };
  }, []);

  const clear = () => {
    setRefused(null);
    if (input.current) input.current.value = '';
    onFile(null);
    input.current?.focus();
  };
  const drag = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      event.dataTransfer.dropEffect = disabled || busy ? 'none' : 'copy';
      setOver(!disabled && !busy);
    },
    onDragLeave: (event: DragEvent<HTMLElement>) =>
      !event.currentTarget.contains(event.relatedTarget as Node | null) && setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      void take(event.dataTransfer.files[0]);
    },
  };
  const problem = refused?.refusal.message ?? error;
  return (
    <div {...drag} className={className}>
      <label
        htmlFor={id}
        className={
          file
            ? 'sr-only'
            : cn(
                'relative grid min-h-48 place-items-center rounded-xl border-[1.5px] border-dashed border-control bg-surface p-6 text-center transition-colors hover:border-ink hover:bg-sunken/60 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
                over && 'border-solid border-accent bg-accent-soft hover:border-accent hover:bg-accent-soft',
                problem && !over && 'border-danger',
                disabled && 'opacity-50',
              )
        }
      >
        {/* Shown over the whole zone, invisibly: a drop on it works even where scripts have not arrived. */}
        <input
          ref={input}
          id={id}
          type="file"
          name={name}
          accept={accept.join(',')}
          tabIndex={file ? -1 : undefined}
          required={required && !file}
          disabled={disabled || busy}
          aria-label={label}
          aria-describedby={`${id}-about${problem ? ` ${id}-problem` : ''}`}
          aria-invalid={problem ? true : undefined}
          onChange={(event) => {
            void take(event.target.files?.[0]);
            // The same file may be chosen again after a refusal.
            event.target.value = '';
          }}
          className="absolute inset-0 size-full cursor-pointer opacity-0 file:cursor-pointer disabled:cursor-default"
        />
        <span className="pointer-events-none grid justify-items-center gap-1">
          <span
            className={cn(
              'mb-2 grid size-11 place-items-center rounded-full bg-sunken text-ink',
              over && 'bg-accent text-on-accent',
            )}
          >
            <ImagePlus aria-hidden className="size-5" />
          </span>
          <span className="font-medium">{over ? 'Let go to add it' : label}</span>
          <span id={`${id}-about`} className="max-w-72 text-[13px] text-muted">
            {description}
          </span>
        </span>
      </label>
      {file && (
        <div className="flex items-center gap-4 rounded-xl border border-line bg-surface p-3">
          <FilePreview file={file} className="size-20 shrink-0" />
          <div className="grid min-w-0 flex-1 gap-1.5">
            <p className="truncate text-sm font-medium">{file.name}</p>
            {upload ? (
              <UploadLine upload={upload} />
            ) : (
              <p className="text-[13px] text-muted">{formatBytes(file.size)}</p>
            )}
          </div>
          {busy ? (
            onCancel && (
              <Button size="sm" variant="ghost" onClick={onCancel}>
                Cancel
              </Button>
            )
          ) : (
            <Button size="sm" variant="ghost" onClick={clear} disabled={disabled} aria-label={`Take out ${file.name}`}>
              {upload?.state === 'done' ? 'Replace' : 'Remove'}
            </Button>
          )}
        </div>
      )}
      <div role="alert" id={`${id}-problem`}>
        {problem && (
          <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg bg-danger-soft px-3 py-2.5 text-[13px] text-danger-text">
            <TriangleAlert aria-hidden className="size-4 shrink-0" />
            <span className="min-w-0 flex-1">{problem}</span>
            {refused?.refusal.mayShrink && onShrink && (
              <Button
                size="sm"
                variant="outline"
                onClick={() => {
                  setRefused(null);
                  onShrink(refused.file);
                }}
              >
                Shrink it to fit
              </Button>
            )}
          </div>
        )}
      </div>
    </div>
  );
}

function UploadLine({ upload }: { upload: UploadState }) {
  if (upload.state === 'done') return <p className="text-[13px] text-success-text">Uploaded</p>;
  if (upload.state === 'preparing') return <Progress label={upload.label} value={null} className="gap-1.5" />;
  if (upload.state === 'checking') return <Progress label="Checking" value={null} className="gap-1.5" />;
  const { sentBytes, totalBytes } = upload;
  return (
    <Progress
      label="Uploading"
      value={totalBytes > 0 ? sentBytes / totalBytes : null}
      detail={`${Math.floor((100 * sentBytes) / Math.max(1, totalBytes))}% · ${formatBytes(sentBytes)} of ${formatBytes(totalBytes)}`}
      className="gap-1.5"
    />
  );
}

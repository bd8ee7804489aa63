import { FileImage } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { cn } from '../cn.ts';

const LONG_SIDE = 640;

/** A chosen picture, painted on a canvas: needs no `blob:` in the content policy, and holds no large copy. */
export function FilePreview({ file, className }: { file: File; className?: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    let gone = false;
    setShown(false);
    if (!file.type.startsWith('image/')) return;
    createImageBitmap(file)
      .then((bitmap) => {
        const node = canvas.current;
        if (!gone && node) {
          const scale = Math.min(1, LONG_SIDE / Math.max(bitmap.width, bitmap.height));
          node.width = Math.max(1, Math.round(bitmap.width * scale));
          node.height = Math.max(1, Math.round(bitmap.height * scale));
          node.getContext('2d')?.drawImage(bitmap, 0, 0, node.width, node.height);
          setShown(true);
        }
        bitmap.close();
      })
      // A picture this browser cannot paint may still be a good one: the server decides.
      .catch(() => {});
    return () => {
      gone = true;
    };
  }, [file]);
  return (
    <span className={cn('grid place-items-center overflow-hidden rounded-lg bg-sunken text-muted', className)}>
      {!shown && <FileImage aria-hidden className="col-start-1 row-start-1 size-6" />}
      <canvas
        ref={canvas}
        role="img"
        aria-label={`Preview of ${file.name}`}
        className={cn('col-start-1 row-start-1 size-full object-contain', !shown && 'invisible')}
      />
    </span>
  );
}

import { Link, useLocation } from '@remix-run/react';
import { IMAGE_MAX_BYTES, IMAGE_MAX_PIXELS, IMAGE_TYPES } from '@repo/domain/assets/rules';
import { Button, DropZone, formatBytes, listKinds, Notice, type UploadState } from '@repo/ui';
import type { ReactNode } from 'react';
import { withReturnPath } from '#app/parts/accounts/return-path.ts';
import { BigPicture } from '#app/parts/page/big-picture.tsx';
import { checkFile } from './check-file.ts';
import type { PictureSlot, PictureState } from './use-picture.ts';

const DESCRIPTION = `${listKinds(IMAGE_TYPES)}, up to ${formatBytes(IMAGE_MAX_BYTES)} and ${IMAGE_MAX_PIXELS / 1_000_000} megapixels. Drop it here, paste it, or choose it.`;

/** The place of the ad's picture: takes a file, shows how far it is, then the picture as it will be shown. */
export function PictureField({ slot, error }: { slot: PictureSlot; error?: string | undefined }) {
  const { state } = slot;
  return (
    <div className="grid gap-3">
      {state.at === 'ready' ? (
        <figure className="grid gap-3">
          <BigPicture picture={state.picture} alt="The picture of your ad" />
          <figcaption className="flex flex-wrap items-center justify-between gap-3 text-sm text-muted">
            <span>
              {state.picture.width.toLocaleString('en')} × {state.picture.height.toLocaleString('en')} pixels. Location
              and camera data are taken out.
            </span>
            <Button size="sm" variant="outline" onClick={() => slot.choose(null)}>
              Choose another
            </Button>
          </figcaption>
        </figure>
      ) : (
        <DropZone
          label="Picture"
          description={DESCRIPTION}
          accept={IMAGE_TYPES}
          inspect={checkFile}
          name="picture"
          className="lg:[&>label]:min-h-80"
          file={fileOf(state)}
          onFile={slot.choose}
          onShrink={slot.shrink}
          upload={uploadOf(state)}
          onCancel={slot.cancel}
          error={problemOf(slot, error)}
        />
      )}
      {state.at === 'checking' && state.file === null && <Found onCancel={slot.cancel} />}
      {state.at === 'checking' && (state.trouble || state.isSlow) && (
        <Notice tone="warning" live>
          {state.trouble
            ? state.trouble.sentence
            : 'Checking takes longer than usual. You may stay, or come back to this page in this tab: picture and text are kept.'}
          {state.trouble?.needsAccount && <SignInLink />}
        </Notice>
      )}
      <p role="status" className="sr-only">
        {WORDS[state.at]}
      </p>
    </div>
  );
}

/** Told to a screen reader at each change, not at each percent. */
const WORDS: Record<PictureState['at'], string> = {
  none: '',
  shrinking: 'Shrinking the picture',
  sending: 'Uploading the picture',
  stopped: '',
  checking: 'Checking the picture',
  ready: 'The picture is ready',
};

const fileOf = (state: PictureState): File | null => ('file' in state ? state.file : null);

function uploadOf(state: PictureState): UploadState | null {
  if (state.at === 'shrinking') return { state: 'preparing', label: 'Shrinking' };
  if (state.at === 'sending')
    return { state: 'sending', sentBytes: Math.min(state.sentBytes, state.file.size), totalBytes: state.file.size };
  return state.at === 'checking' ? { state: 'checking' } : null;
}

function problemOf(slot: PictureSlot, otherwise: string | undefined): ReactNode {
  const { state } = slot;
  if (state.at === 'stopped') {
    return (
      <span className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span className="min-w-0 flex-1 basis-52">{state.trouble.sentence}</span>
        {state.trouble.needsAccount && <SignInLink />}
        <Button size="sm" variant="outline" onClick={slot.retry}>
          Retry
        </Button>
      </span>
    );
  }
  return (state.at === 'none' && state.problem) || otherwise || null;
}

/** Leads back to this page, where text and upload wait. */
function SignInLink() {
  const { pathname, search } = useLocation();
  return (
    <Link to={withReturnPath('/sign-in', pathname + search)} className="font-medium underline underline-offset-4">
      Sign in
    </Link>
  );
}

/** A check that goes on after a reload: the file itself is not in this tab any more. */
function Found({ onCancel }: { onCancel(): void }) {
  return (
    <Notice
      title="Checking the picture you uploaded before"
      actions={
        <Button size="sm" variant="ghost" onClick={onCancel}>
          Take another one
        </Button>
      }
    />
  );
}

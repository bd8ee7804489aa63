import type { PictureView } from '@repo/domain/assets/schema';
import { Picture } from '@repo/ui';
import { pictureOf } from './picture-of.ts';

/** Wider than any screen, so that the frame takes all the room there is before its height is full. */
const SPREAD = 4096;

export const BIG_PICTURE_SIZES = '(min-width: 1024px) 60vw, 100vw';

/** One picture as large as the page has room for, whole on the screen whatever its shape. */
export function BigPicture({
  picture,
  alt,
  children,
}: {
  picture: PictureView;
  alt: string;
  children?: React.ReactNode;
}) {
  const { width, height } = picture;
  return (
    <div className="flex justify-center">
      <div className="relative max-w-full overflow-hidden rounded-xl bg-sunken">
        <svg
          aria-hidden="true"
          width={SPREAD}
          height={(SPREAD * height) / width}
          viewBox={`0 0 ${width} ${height}`}
          className="block h-auto max-h-[36svh] sm:max-h-[52svh] lg:max-h-[78svh] w-auto max-w-full"
        />
        <Picture {...pictureOf(picture)} alt={alt} sizes={BIG_PICTURE_SIZES} priority fit="cover" />
        {children}
      </div>
    </div>
  );
}

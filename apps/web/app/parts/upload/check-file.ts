import { PICTURE_SENTENCES } from '@repo/domain/assets/rules';
import type { FileRefusal } from '@repo/ui';
import { HEAD_BYTES, inspectPicture } from './inspect-picture.ts';

const headOf = async (file: Blob) => new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());

/** Why a file is not sent, in the words the server would use; null when it may be. */
export async function checkFile(file: Blob): Promise<FileRefusal | null> {
  const head = await headOf(file).catch(() => null);
  if (!head) return { rule: 'type', message: 'This file could not be opened. Check that it is still there.' };
  const { rule } = inspectPicture(head, file.size);
  if (!rule) return null;
  const mayShrink = rule === 'too_large' || rule === 'too_many_pixels';
  return {
    rule: mayShrink ? 'size' : rule === 'empty' ? 'empty' : 'type',
    message: PICTURE_SENTENCES[rule],
    ...(mayShrink ? { mayShrink } : {}),
  };
}

/** The same file under the type that its bytes tell, whatever its name says. */
export async function typedByContent(file: File): Promise<File> {
  const inspection = inspectPicture(await headOf(file), file.size);
  if (inspection.rule || inspection.type === file.type) return file;
  return new File([file], file.name, { type: inspection.type });
}

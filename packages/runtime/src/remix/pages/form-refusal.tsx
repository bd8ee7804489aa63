import { Notice } from '@repo/ui';

/** The sentence of a refused form that belongs to no field. */
export function FormRefusal({ message }: { message: string | null | undefined }) {
  if (!message) return null;
  return (
    <Notice tone="danger" live>
      {message}
    </Notice>
  );
}

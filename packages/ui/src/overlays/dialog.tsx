import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from '../cn.ts';
import { IconButton } from '../controls/icon-button.tsx';

export const dialogOverlayStyles =
  'fixed inset-0 z-40 bg-scrim data-[state=open]:animate-fade-in data-[state=closed]:animate-fade-out';

/** A sheet from below on phones, a centred panel elsewhere; never taller than the screen. */
export const dialogPanelStyles =
  'fixed inset-x-0 bottom-0 z-50 mx-auto flex max-h-[92svh] w-full flex-col rounded-t-2xl border border-line bg-raised shadow-lg outline-none data-[state=open]:animate-rise-in data-[state=closed]:animate-fade-out sm:inset-y-0 sm:my-auto sm:h-fit sm:max-h-[85svh] sm:rounded-2xl';

const SIZES = { sm: 'sm:max-w-sm', md: 'sm:max-w-lg', lg: 'sm:max-w-3xl', xl: 'sm:max-w-6xl' };

export const Dialog = Radix.Root;
export const DialogTrigger = Radix.Trigger;
export const DialogClose = Radix.Close;

export type DialogContentProps = {
  title: ReactNode;
  description?: ReactNode;
  size?: keyof typeof SIZES;
  /** Stays at the lower edge while the body scrolls. */
  footer?: ReactNode;
  closeLabel?: string;
  className?: string;
  children?: ReactNode;
};

export function DialogContent(props: DialogContentProps) {
  const { title, description, size = 'md', footer, closeLabel = 'Close', className, children } = props;
  return (
    <Radix.Portal>
      <Radix.Overlay className={dialogOverlayStyles} />
      <Radix.Content
        {...(description ? {} : { 'aria-describedby': undefined })}
        className={cn(dialogPanelStyles, SIZES[size], className)}
      >
        <header className="pt-6 pr-16 pb-3 pl-6">
          <Radix.Title className="text-lg font-semibold tracking-tight">{title}</Radix.Title>
          {description && <Radix.Description className="mt-1 text-sm text-muted">{description}</Radix.Description>}
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-6 pt-1 pb-6">{children}</div>
        {footer && (
          <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-6 py-4">{footer}</footer>
        )}
        {/* Last, so that focus starts on the first field. */}
        <Radix.Close asChild>
          <IconButton label={closeLabel} tooltip={false} className="absolute top-4 right-4">
            <X aria-hidden />
          </IconButton>
        </Radix.Close>
      </Radix.Content>
    </Radix.Portal>
  );
}

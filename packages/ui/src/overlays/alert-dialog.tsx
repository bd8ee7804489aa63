import { AlertDialog as Radix } from 'radix-ui';
import { type ReactElement, type ReactNode, useState } from 'react';
import { cn } from '../cn.ts';
import { Button } from '../controls/button.tsx';
import { dialogOverlayStyles, dialogPanelStyles } from './dialog.tsx';

export type AlertDialogProps = {
  /** The button that asks. Left out when `open` is controlled. */
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  title: ReactNode;
  /** What will happen, and whether it can be undone. */
  description: ReactNode;
  /** A verb and its object: "Delete this ad". */
  confirmLabel: string;
  cancelLabel?: string;
  tone?: 'danger' | 'solid' | 'primary';
  /** The dialog stays open, pending, until the promise settles; a rejection keeps it open. */
  onConfirm?: () => unknown;
  /** Id of a form the confirm button submits instead. */
  form?: string;
  children?: ReactNode;
};

/** Asks before something that cannot be taken back. Focus starts on the safe answer. */
export function AlertDialog(props: AlertDialogProps) {
  const { trigger, open, onOpenChange, title, description, confirmLabel, cancelLabel = 'Cancel' } = props;
  const { tone = 'danger', onConfirm, form, children } = props;
  const [ownOpen, setOwnOpen] = useState(false);
  const [pending, setPending] = useState(false);
  const setOpen = (next: boolean) => {
    setOwnOpen(next);
    onOpenChange?.(next);
  };
  const confirm = async () => {
    setPending(true);
    try {
      await onConfirm?.();
      setOpen(false);
    } finally {
      setPending(false);
    }
  };
  return (
    <Radix.Root open={open ?? ownOpen} onOpenChange={setOpen}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className={dialogOverlayStyles} />
        <Radix.Content className={cn(dialogPanelStyles, 'gap-4 p-6 sm:max-w-md')}>
          <div className="grid gap-2">
            <Radix.Title className="text-lg font-semibold tracking-tight">{title}</Radix.Title>
            <Radix.Description className="text-sm text-muted">{description}</Radix.Description>
          </div>
          {children}
          <div className="flex flex-wrap justify-end gap-2 pt-2">
            <Radix.Cancel asChild>
              <Button>{cancelLabel}</Button>
            </Radix.Cancel>
            <Button
              variant={tone}
              pending={pending}
              onClick={() => (form ? setOpen(false) : confirm())}
              {...(form ? { type: 'submit' as const, form } : {})}
            >
              {confirmLabel}
            </Button>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

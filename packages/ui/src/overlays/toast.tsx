import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { Button } from '../controls/button.tsx';
import { IconButton } from '../controls/icon-button.tsx';

export type ToastMessage = {
  title: ReactNode;
  description?: ReactNode;
  tone?: 'neutral' | 'success' | 'danger';
  /** `altText` tells a screen-reader user another way to do the same. */
  action?: { label: string; altText?: string; onPress: () => void };
  /** Milliseconds; 6,000 unless told. An error, or one with an action, stays until it is dismissed. */
  duration?: number;
};

type Toasts = { toast: (message: ToastMessage) => void };
const ToastContext = createContext<Toasts | null>(null);

/** Shows a short confirmation. Nothing a person needs later may live only in a toast. */
export function useToast(): Toasts {
  const toasts = useContext(ToastContext);
  if (!toasts) throw new Error('useToast needs a ToastProvider above it.');
  return toasts;
}

let lastId = 0;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<(ToastMessage & { id: number })[]>([]);
  // The live region is built after hydration: its library styles it inline, which a strict CSP refuses in HTML.
  const [mounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  const toast = useCallback((message: ToastMessage) => {
    lastId += 1;
    const id = lastId;
    setShown((before) => [...before.slice(-2), { ...message, id }]);
  }, []);
  const toasts = useMemo(() => ({ toast }), [toast]);
  return (
    <ToastContext.Provider value={toasts}>
      {children}
      {mounted && (
        <Radix.Provider label="Notification" swipeDirection="right">
          {shown.map(({ id, ...message }) => (
            <ToastCard
              key={id}
              {...message}
              onGone={() => setShown((before) => before.filter((one) => one.id !== id))}
            />
          ))}
          <Radix.Viewport className="fixed right-0 bottom-0 z-60 flex w-full max-w-sm list-none flex-col gap-2 p-4 pb-[max(1rem,env(safe-area-inset-bottom))] outline-none" />
        </Radix.Provider>
      )}
    </ToastContext.Provider>
  );
}

function ToastCard({
  title,
  description,
  tone = 'neutral',
  action,
  duration,
  onGone,
}: ToastMessage & { onGone: () => void }) {
  const stays = tone === 'danger' || action;
  return (
    <Radix.Root
      duration={duration ?? (stays ? Number.POSITIVE_INFINITY : 6000)}
      type={tone === 'danger' ? 'foreground' : 'background'}
      onOpenChange={(open) => !open && onGone()}
      className="flex animate-toast-in items-start gap-3 rounded-xl border border-line bg-raised p-3.5 text-sm shadow-lg data-[swipe=cancel]:translate-x-0 data-[swipe=end]:opacity-0 data-[swipe=move]:translate-x-(--radix-toast-swipe-move-x)"
    >
      {tone === 'success' && <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-success" />}
      {tone === 'danger' && <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />}
      <div className="grid min-w-0 flex-1 gap-0.5">
        <Radix.Title className="font-medium">{title}</Radix.Title>
        {description && <Radix.Description className="text-[13px] text-muted">{description}</Radix.Description>}
        {action && (
          <Radix.Action asChild altText={action.altText ?? action.label}>
            <Button variant="link" size="sm" className="mt-1 justify-self-start" onClick={action.onPress}>
              {action.label}
            </Button>
          </Radix.Action>
        )}
      </div>
      <Radix.Close asChild>
        <IconButton label="Dismiss" size="sm" tooltip={false} className="-mt-1.5 -mr-1.5">
          <X aria-hidden />
        </IconButton>
      </Radix.Close>
    </Radix.Root>
  );
}

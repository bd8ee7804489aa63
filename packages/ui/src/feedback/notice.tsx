import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '../cn.ts';

const TONES = {
  neutral: { Icon: Info, box: 'bg-sunken', icon: 'text-muted' },
  success: { Icon: CircleCheck, box: 'bg-success-soft', icon: 'text-success-text' },
  warning: { Icon: TriangleAlert, box: 'bg-warning-soft', icon: 'text-warning-text' },
  danger: { Icon: CircleAlert, box: 'bg-danger-soft', icon: 'text-danger-text' },
};

export type NoticeProps = {
  tone?: keyof typeof TONES;
  title?: ReactNode;
  /** Buttons or links. */
  actions?: ReactNode;
  /** Read out as soon as it appears: for what happened just now, not for what was there on arrival. */
  live?: boolean;
  className?: string;
  children?: ReactNode;
};

/** A sentence on the page that concerns everything near it. */
export function Notice({ tone = 'neutral', title, actions, live, className, children }: NoticeProps) {
  const { Icon, box, icon } = TONES[tone];
  return (
    <div
      role={live ? (tone === 'danger' ? 'alert' : 'status') : undefined}
      className={cn('flex items-start gap-3 rounded-xl p-4 text-sm', box, className)}
    >
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', icon)} />
      <div className="grid min-w-0 flex-1 gap-1">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className={title ? 'text-muted' : undefined}>{children}</div>}
        {actions && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}

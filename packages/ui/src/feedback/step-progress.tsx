import { Ban, Check, CircleAlert, Clock, RotateCw, ScanSearch } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '../cn.ts';
import { formatSeconds } from './format-seconds.ts';
import { Progress } from './progress.tsx';
import { Spinner } from './spinner.tsx';

/** What is truly known of a piece of work. Leave out what is not known: nothing is made up for it. */
export type StepState =
  | { state: 'queued' /** 1 is next. */; place?: number | null; waitSeconds?: number | null }
  | { state: 'running' /** 0 to 1. */; fraction?: number | null; phrase?: string | null; secondsLeft?: number | null }
  | { state: 'retrying'; attempt: number; maxAttempts?: number; error: string; inSeconds?: number | null }
  | { state: 'checking'; phrase?: string | null }
  | { state: 'done'; phrase?: string | null }
  | { state: 'failed'; reason: ReactNode; charged?: ReactNode; next?: ReactNode }
  | { state: 'cancelled'; phrase?: string | null };

export type StepProgressProps = {
  status: StepState;
  /** Cancel, try again, keep watching elsewhere. */
  actions?: ReactNode;
  className?: string;
};

/** Shows a piece of work as it is. Changes of state are read out; every percent is not. */
export function StepProgress({ status, actions, className }: StepProgressProps) {
  const { icon, title, detail } = tell(status);
  const bar = barOf(status);
  const below = status.state === 'failed';
  return (
    <div className={cn('grid gap-3', className)}>
      <div className="flex items-start gap-3">
        <span className="mt-0.5 grid size-5 shrink-0 place-items-center [&>svg]:size-5">{icon}</span>
        <div className="grid min-w-0 flex-1 gap-0.5">
          <p role="status" className="font-medium">
            {title}
          </p>
          {detail && <div className="text-sm text-muted">{detail}</div>}
        </div>
        {actions && !below && <div className="flex shrink-0 flex-wrap justify-end gap-2">{actions}</div>}
      </div>
      {actions && below && <div className="flex flex-wrap gap-2 pl-8">{actions}</div>}
      {bar !== undefined && (
        <Progress label={title} hideLabel value={bar} detail={bar === null ? undefined : `${Math.round(bar * 100)}%`} />
      )}
    </div>
  );
}

function barOf(status: StepState): number | null | undefined {
  if (status.state === 'running') return status.fraction ?? null;
  if (status.state === 'checking') return null;
  return undefined;
}

function tell(status: StepState): { icon: ReactNode; title: string; detail?: ReactNode } {
  switch (status.state) {
    case 'queued':
      return { icon: <Clock aria-hidden className="text-muted" />, title: 'In the queue', detail: tellQueue(status) };
    case 'running':
      return {
        icon: <Spinner label="" className="text-accent" />,
        title: status.phrase || 'Working on it',
        detail: [
          status.fraction == null ? null : `${Math.round(status.fraction * 100)}%`,
          status.secondsLeft ? `about ${formatSeconds(status.secondsLeft)} left` : null,
        ]
          .filter(Boolean)
          .join(', '),
      };
    case 'retrying': {
      const of = status.maxAttempts ? ` of ${status.maxAttempts}` : '';
      // Not in the title: it counts down, and the title is read out whenever it changes.
      const when = status.inSeconds ? `In ${formatSeconds(status.inSeconds)}` : 'Soon';
      return {
        icon: <RotateCw aria-hidden className="text-warning-text" />,
        title: 'Trying again',
        detail: `${when}. Attempt ${status.attempt}${of} did not work: ${status.error}`,
      };
    }
    case 'checking':
      return {
        icon: <ScanSearch aria-hidden className="text-warning-text" />,
        title: 'Checking what came of it',
        detail: status.phrase || 'The answer got lost on the way. Nothing is charged until we know.',
      };
    case 'done':
      return { icon: <Check aria-hidden className="text-success-text" />, title: status.phrase || 'Done' };
    case 'failed':
      return {
        icon: <CircleAlert aria-hidden className="text-danger-text" />,
        title: 'It did not work',
        detail: <Failure {...status} />,
      };
    case 'cancelled':
      return { icon: <Ban aria-hidden className="text-muted" />, title: 'Cancelled', detail: status.phrase };
  }
}

function tellQueue({ place, waitSeconds }: Extract<StepState, { state: 'queued' }>): string {
  const where =
    place == null
      ? 'Waiting for a free place'
      : place <= 1
        ? 'You are next'
        : `Number ${place.toLocaleString('en')} in line`;
  return waitSeconds == null ? `${where}.` : `${where}, ready in about ${formatSeconds(waitSeconds)}.`;
}

function Failure({ reason, charged, next }: Extract<StepState, { state: 'failed' }>) {
  return (
    <div className="grid gap-1">
      <p>{reason}</p>
      {charged && <p>{charged}</p>}
      {next && <p>{next}</p>}
    </div>
  );
}

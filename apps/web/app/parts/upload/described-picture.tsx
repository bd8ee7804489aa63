import type { PictureView } from '@repo/domain/assets/schema';
import type { Receipt as ReceiptView } from '@repo/domain/credits/schema';
import { isSettled } from '@repo/domain/generation/rules';
import type { GenerationView } from '@repo/domain/generation/schema';
import { Button, Notice, Picture, Receipt, StepProgress, type StepState } from '@repo/ui';
import { pictureOf } from '#app/parts/page/picture-of.ts';

export type DescribedPictureProps = {
  generation: GenerationView;
  receipt: ReceiptView | null;
  onUse(picture: PictureView): void;
  onCancel(): void;
};

/** What became of a described picture: its way, its result, and what it cost. */
export function DescribedPicture({ generation, receipt, onUse, onCancel }: DescribedPictureProps) {
  const { status, picture, notes, prompt, cancelRequested } = generation;
  return (
    <div className="grid gap-4 border-t border-line pt-5">
      <StepProgress
        status={stepOf(generation)}
        actions={
          !isSettled(status) && (
            <Button size="sm" variant="ghost" onClick={onCancel} pending={cancelRequested} pendingLabel="Cancelling">
              Cancel
            </Button>
          )
        }
      />
      {picture && (
        <div className="grid gap-3">
          <Picture
            {...pictureOf(picture)}
            alt={prompt}
            sizes="(min-width: 1024px) 50vw, 100vw"
            className="rounded-xl"
          />
          <Button variant="outline" onClick={() => onUse(picture)} className="justify-self-start">
            Use it for the ad
          </Button>
        </div>
      )}
      {notes.length > 0 && <Notice tone="warning">{notes.join(' ')}</Notice>}
      {receipt && <Slip receipt={receipt} />}
    </div>
  );
}

function stepOf(generation: GenerationView): StepState {
  const { status, place, expectedSeconds, progress, doing, attempt, maxAttempts, lastError, failure } = generation;
  switch (status) {
    case 'queued':
      return { state: 'queued', place, waitSeconds: expectedSeconds };
    case 'running':
      return { state: 'running', fraction: progress, phrase: doing, secondsLeft: expectedSeconds };
    case 'retrying':
      return { state: 'retrying', attempt, maxAttempts, error: lastError ?? 'it broke off' };
    case 'checking':
      return { state: 'checking' };
    case 'done':
      return { state: 'done', phrase: 'Your picture is ready' };
    case 'failed':
      return { state: 'failed', reason: failure?.sentence, charged: 'Nothing was charged.', next: failure?.nextStep };
    case 'cancelled':
      return { state: 'cancelled', phrase: 'Nothing was charged.' };
  }
}

function Slip({ receipt }: { receipt: ReceiptView }) {
  const { quoted, held, captured, released, modelLabel, seconds, attempts, why } = receipt;
  return (
    <Receipt
      title="Receipt"
      subtitle={modelLabel}
      rows={[
        { label: 'Quoted', value: quoted },
        { label: 'Held', value: held },
        { label: 'Given back', value: released, tone: released > 0 ? 'success' : 'muted' },
        ...(seconds === null ? [] : [{ label: 'Took', value: `${seconds.toFixed(1)} s` }]),
        ...(attempts > 1 ? [{ label: 'Attempts', value: attempts }] : []),
      ]}
      total={{ label: 'Charged', value: captured }}
      status={why}
      statusTone={captured > 0 ? 'success' : 'neutral'}
    />
  );
}

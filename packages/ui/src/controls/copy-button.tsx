import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, type ButtonProps } from './button.tsx';

export type CopyButtonProps = Omit<ButtonProps, 'onClick' | 'children' | 'value' | 'asChild'> & {
  /** The text that goes to the clipboard. */
  value: string;
  label?: string;
  copiedLabel?: string;
};

export function CopyButton({ value, label = 'Copy', copiedLabel = 'Copied', size = 'sm', ...rest }: CopyButtonProps) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 2500);
    return () => clearTimeout(timer);
  }, [state]);
  const shown = { idle: label, copied: copiedLabel, failed: 'Press Ctrl+C' }[state];
  return (
    <Button
      size={size}
      {...rest}
      onClick={async (event) => {
        const button = event.currentTarget;
        setState((await copyText(value, button)) ? 'copied' : 'failed');
      }}
    >
      {state === 'copied' ? <Check aria-hidden /> : <Copy aria-hidden />}
      <span aria-live="polite">{shown}</span>
    </Button>
  );
}

/** The clipboard API exists on secure origins only; a plain-http address on a home network is not one. */
async function copyText(text: string, near: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'sr-only';
    // Beside the button, because a dialog's focus trap would take focus back from the body.
    near.parentElement?.append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    near.focus();
    return copied;
  }
}

import { type ChangeEvent, type ComponentPropsWithoutRef, forwardRef, useEffect, useId, useRef, useState } from 'react';
import { cn } from '../cn.ts';
import { controlStyles } from './control-styles.ts';
import { countCharacters } from './count-characters.ts';
import { useFieldControl } from './field.tsx';

export type TextareaProps = Omit<ComponentPropsWithoutRef<'textarea'>, 'maxLength'> & {
  /** Most characters the server takes. Typing past it is allowed and shown: nothing typed is cut off. */
  max?: number;
};

/** Grows with its text. With `max`, a live counter that speaks up only when the end is near. */
export const Textarea = forwardRef<HTMLTextAreaElement, TextareaProps>(function Textarea(
  { max, className, onChange, rows = 3, ...rest },
  outerRef,
) {
  const initial = String(rest.value ?? rest.defaultValue ?? '');
  const [typed, setTyped] = useState(initial);
  const inner = useRef<HTMLTextAreaElement | null>(null);
  const counterId = useId();
  const wiring = useFieldControl({
    ...rest,
    'aria-describedby': [rest['aria-describedby'], max && counterId].filter(Boolean).join(' ') || undefined,
  });

  // Text typed before hydration, or put back by the browser, is there before React knows of it.
  useEffect(() => {
    const node = inner.current;
    if (node && rest.value === undefined) setTyped(node.value);
    const form = node?.form;
    const onReset = () => setTimeout(() => setTyped(inner.current?.value ?? ''));
    form?.addEventListener('reset', onReset);
    return () => form?.removeEventListener('reset', onReset);
  }, [rest.value]);

  const count = countCharacters(rest.value === undefined ? typed : String(rest.value));
  const left = max === undefined ? 0 : max - count;
  const change = (event: ChangeEvent<HTMLTextAreaElement>) => {
    setTyped(event.target.value);
    onChange?.(event);
  };
  return (
    <span className="relative block">
      <textarea
        ref={(node) => {
          inner.current = node;
          if (typeof outerRef === 'function') outerRef(node);
          else if (outerRef) outerRef.current = node;
        }}
        rows={rows}
        {...rest}
        {...wiring}
        aria-invalid={wiring['aria-invalid'] ?? (left < 0 || undefined)}
        onChange={change}
        className={cn(
          controlStyles,
          'field-sizing-content max-h-96 min-h-24 resize-y supports-[field-sizing:content]:resize-none py-2.5 leading-relaxed',
          max && 'pb-8',
          className,
        )}
      />
      {max !== undefined && (
        <>
          <span
            id={counterId}
            className={cn(
              'pointer-events-none absolute right-px bottom-1.5 rounded-lg bg-surface/90 px-3 text-xs text-faint tabular-nums',
              left < 0 && 'font-medium text-danger-text',
            )}
          >
            {count.toLocaleString('en')} / {max.toLocaleString('en')}
            <span className="sr-only"> characters</span>
          </span>
          <span aria-live="polite" className="sr-only">
            {announceLeft(left, max)}
          </span>
        </>
      )}
    </span>
  );
});

/** Speaks in steps, so that a screen reader is not told of every key. */
function announceLeft(left: number, max: number): string {
  if (left < 0)
    return `${-left > 100 ? Math.ceil(-left / 100) * 100 : Math.ceil(-left / 10) * 10} or fewer characters too many`;
  if (left > Math.min(100, max * 0.1)) return '';
  return `${Math.ceil(left / 20) * 20} or fewer characters left`;
}

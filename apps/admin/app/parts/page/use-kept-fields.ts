import { useLocation } from '@remix-run/react';
import { type FormEvent, type RefObject, useEffect, useRef } from 'react';

const keyOf = (name: string): string => `typed:${name}`;

/**
 * Keeps what is typed into a form for this tab: it is there again after a reload, a way round over the sign-in, or a
 * step back. Forgotten once its page says that it is done. What the server sent back wins.
 */
export function useKeptFields(name: string): {
  ref: RefObject<HTMLFormElement>;
  onInput(event: FormEvent<HTMLFormElement>): void;
} {
  const ref = useRef<HTMLFormElement>(null);
  const isDone = new URLSearchParams(useLocation().search).has('done');
  useEffect(() => {
    if (isDone) sessionStorage.removeItem(keyOf(name));
    const kept = JSON.parse(sessionStorage.getItem(keyOf(name)) ?? '{}') as Record<string, string>;
    for (const field of textFieldsOf(ref.current)) {
      const text = kept[field.name];
      if (text && field.value === '') type(field, text);
    }
    // What was typed before scripts arrived.
    keep(name, ref.current);
  }, [name, isDone]);
  return {
    ref,
    onInput: ({ currentTarget }) => keep(name, currentTarget),
  };
}

function keep(name: string, form: HTMLFormElement | null): void {
  const typed = textFieldsOf(form).map((field) => [field.name, field.value]);
  sessionStorage.setItem(keyOf(name), JSON.stringify(Object.fromEntries(typed)));
}

type TextField = HTMLInputElement | HTMLTextAreaElement;

const textFieldsOf = (form: HTMLFormElement | null): TextField[] =>
  [...(form?.elements ?? [])].filter(
    (element): element is TextField =>
      element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && element.type === 'text'),
  );

/** As if a person typed it, so that counters hear of it. */
function type(field: TextField, text: string): void {
  const { prototype } = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(prototype, 'value')!.set!.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

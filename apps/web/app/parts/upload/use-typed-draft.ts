import { type RefObject, useEffect } from 'react';
import { patchUploadDraft, readUploadDraft } from './upload-draft.ts';

type TextControl = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Keeps what is typed into a form, field by field, and puts it back when the page is opened again. */
export function useTypedDraft(form: RefObject<HTMLFormElement>, personId: string): void {
  useEffect(() => {
    const node = form.current;
    if (!node) return;
    const keep = ({ target }: { target: EventTarget | null }) => {
      if (!isKept(target)) return;
      const { typed } = readUploadDraft(personId);
      patchUploadDraft(personId, { typed: { ...typed, [target.name]: target.value } });
    };
    const { typed } = readUploadDraft(personId);
    for (const control of node.elements) {
      if (!isKept(control)) continue;
      const kept = typed[control.name];
      // What was typed before scripts arrived is newer than what was kept.
      if (isTouched(control)) keep({ target: control });
      else if (kept !== undefined) putBack(control, kept);
    }
    node.addEventListener('input', keep);
    return () => node.removeEventListener('input', keep);
  }, [form, personId]);
}

function isKept(target: unknown): target is TextControl {
  if (target instanceof HTMLInputElement) return target.type === 'text' && target.name !== '';
  return (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) && target.name !== '';
}

const isTouched = (control: TextControl): boolean =>
  control instanceof HTMLSelectElement
    ? [...control.options].some((option) => option.selected !== option.defaultSelected && option.selected)
    : control.value !== control.defaultValue;

/** As if it had been typed, so that counters hear of it. A choice that is not offered any more stays as it was. */
function putBack(control: TextControl, text: string): void {
  if (control instanceof HTMLSelectElement && ![...control.options].some(({ value }) => value === text)) return;
  const setValue = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(control), 'value')?.set;
  setValue?.call(control, text);
  control.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Puts `text` into a field as if it had been typed: whoever listens to the field hears of it, and undo takes it back. */
export function typeInto(field: HTMLTextAreaElement, text: string, { undoable = false } = {}): void {
  if (undoable) {
    field.focus();
    field.select();
    if (document.execCommand('insertText', false, text)) return;
  }
  const setValue = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set;
  setValue?.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

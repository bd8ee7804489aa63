/** A text as it stands in a page or between the quotes of an attribute. */
export const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A description, which is Markdown in the document: what stands between back-ticks is shown as code. */
export const prose = (text: string) => escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');

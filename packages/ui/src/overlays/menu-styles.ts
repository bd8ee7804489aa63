/** The floating sheet of menus and popovers. */
export const floatingStyles =
  'z-50 rounded-xl border border-line bg-raised text-ink shadow-lg outline-none data-[state=open]:animate-pop-in data-[state=closed]:animate-fade-out';

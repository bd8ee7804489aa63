/** Where mails end up, for people who run the site themselves without a mail server. */
export function MailPlace({ place }: { place: 'mailbox' | 'folder' }) {
  if (place === 'mailbox') return <>Look into your spam folder too if it does not arrive within minutes.</>;
  return (
    <>
      This installation has no mail server: its mails are files in the folder “mail” of its data directory, “.data/mail”
      unless set otherwise.
    </>
  );
}

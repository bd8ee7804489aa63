/** The addresses of both apps, and what people type for this machine instead. */
export function trustedOrigins(...urls: string[]): string[] {
  const twins = { localhost: '127.0.0.1', '127.0.0.1': 'localhost' };
  return urls.flatMap((text) => {
    const url = new URL(text);
    const twin = twins[url.hostname as keyof typeof twins];
    return twin ? [url.origin, url.origin.replace(url.hostname, twin)] : [url.origin];
  });
}

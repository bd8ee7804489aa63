const RULES = ['User-agent: *', 'Disallow: /api/', 'Disallow: /settings', ''];

export const loader = () =>
  new Response(RULES.join('\n'), {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=86400' },
  });

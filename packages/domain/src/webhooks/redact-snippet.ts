const LONGEST = 1_000;
/** What an answer should not have said, and what our log must not keep. */
const SECRETS = [
  /\bwhsec_[\w+/=-]+/g,
  /\bbearer\s+[\w.~+/=-]+/gi,
  /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g,
  /\b(?:sk|pk|rk|rmx|ghp|xox[a-z])[_-][\w-]{8,}/gi,
  /(?<=["']?(?:password|passwd|secret|token|api[_-]?key|authorization|cookie)["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s,;&}]+)/gi,
];

/** The beginning of an answer as text that can be shown: no control characters, nothing that looks like a secret. */
export function redactSnippet(bytes: Uint8Array): string {
  let text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/[^\P{Cc}\n\t]|\p{Cs}|\p{Cf}/gu, '');
  for (const secret of SECRETS) text = text.replace(secret, '[removed]');
  return [...text].slice(0, LONGEST).join('');
}

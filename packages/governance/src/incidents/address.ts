const LONGEST = 2000;
const SECRET_PARAMETER = /key|token|secret|sig|pass|auth/i;

/** What is wrong with the address of a sink; null where it can be used. Never repeats the address. */
export function addressProblem(text: string): string | null {
  if (text === '') return 'url is missing';
  if (text.length > LONGEST) return 'url is too long';
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return 'url is no address';
  }
  if (url.username !== '' || url.password !== '')
    return 'url holds a user or a password; remove it, revoke it, and name environment variables instead';
  if ([...url.searchParams.keys()].some((name) => SECRET_PARAMETER.test(name)))
    return 'url has a parameter that looks like a secret; remove it, revoke it, and name an environment variable as secret';
  if (url.protocol === 'https:') return null;
  if (url.protocol === 'http:' && isLoopback(url.hostname)) return null;
  return 'url must begin with https:// (http:// is for this machine alone)';
}

/** True for names and addresses of this machine itself, as `URL` writes them. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

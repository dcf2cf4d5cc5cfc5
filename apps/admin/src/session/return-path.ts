/** Where to go after signing in: a path inside this app, or the start. Anything that could leave the app is refused:
 * other hosts, "//host", backslashes, control signs. */
export function safeReturnPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || wanted.length > 500) return '/tickets';
  const isPath = /^\/(?![/\\])[^\\\u0000-\u001f]*$/.test(wanted);
  const isSession = wanted.startsWith('/sign-in') || wanted.startsWith('/setup');
  return isPath && !isSession ? wanted : '/tickets';
}

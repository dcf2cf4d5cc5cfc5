/** In work. */
export function ApiTokensPage() {
  return <main className="page" />;
}

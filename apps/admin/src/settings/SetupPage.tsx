/** In work. */
export function SetupPage() {
  return <main className="page" />;
}

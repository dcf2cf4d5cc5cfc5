/** In work. */
export function AssistantsPage() {
  return <main className="page" />;
}

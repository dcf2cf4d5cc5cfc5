/** In work. */
export function CollectionPage() {
  return <main className="page" />;
}

// Reads the program of the product and waits; begins as its main program when a line comes. So the next one is at hand when one is killed.
const dist = new URL('../../apps/server/dist/', import.meta.url);
await import(new URL('app.js', dist));
process.stdin.once('data', () => {
  process.stdin.destroy();
  void import(new URL('main.js', dist));
});

import DataLoader from 'dataloader';
import type { Context } from './context.ts';

/** What a resolver may know and do of the HTTP request that it serves. */
export interface HttpDoor {
  /** The address that the request came from; for throttling only. */
  readonly ip: string;
  /** Signs the browser in with a session token, or out with null. */
  setSession(token: string | null): void;
}

/** One per GraphQL operation. */
export interface GraphqlContext extends Context {
  readonly http: HttpDoor;
  readonly loaders: Map<string, DataLoader<string, unknown>>;
}

/**
 * Loads one thing by id, together with all others of its kind that this operation asks for. `loadMany` gets distinct
 * ids and answers a map; what is missing there is null.
 */
export async function loadById<T>(
  ctx: GraphqlContext,
  kind: string,
  id: string,
  loadMany: (ids: string[]) => Promise<Map<string, T>>,
): Promise<T | null> {
  let loader = ctx.loaders.get(kind);
  if (!loader) {
    loader = new DataLoader<string, unknown>(async (ids) => {
      const found = await loadMany([...ids]);
      return ids.map((wanted) => found.get(wanted) ?? null);
    });
    ctx.loaders.set(kind, loader);
  }
  return (await loader.load(id)) as T | null;
}

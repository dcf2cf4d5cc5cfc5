/** A client of the API as an integrator or a browser has it; it keeps the session cookie. */
export class Api {
  private cookie = '';
  private readonly url: string;
  private readonly token: string | null;

  constructor(url: string, token: string | null = null) {
    this.url = url;
    this.token = token;
  }

  /** The data of an operation. @throws with the first error's code and sentence */
  // biome-ignore lint/suspicious/noExplicitAny: each journey knows the shape that it asks for
  async ask(query: string, variables: Record<string, unknown> = {}): Promise<any> {
    const { data, errors } = await this.send(query, variables);
    if (errors) throw new Error(`${errors[0].extensions?.code}: ${errors[0].message}`);
    return data;
  }

  // biome-ignore lint/suspicious/noExplicitAny: as above
  async send(query: string, variables: Record<string, unknown> = {}): Promise<any> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.token
          ? { authorization: `Bearer ${this.token}` }
          : { 'apollo-require-preflight': 'true', ...(this.cookie ? { cookie: this.cookie } : {}) }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const cookie = response.headers.get('set-cookie');
    if (cookie) this.cookie = cookie.split(';')[0]!;
    return response.json();
  }

  /** A page or file with this session. */
  async get(path: string): Promise<Response> {
    return fetch(`${this.url}${path}`, { headers: this.cookie ? { cookie: this.cookie } : {} });
  }
}

/** Asks until the answer is what is waited for. @throws with the last answer after `ms` */
export async function until<T>(ask: () => Promise<T> | T, holds: (answer: T) => boolean, ms = 20_000): Promise<T> {
  const endAt = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (Date.now() > endAt)
      throw new Error(`Not within ${ms / 1000} s; the last answer was ${JSON.stringify(answer)?.slice(0, 2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

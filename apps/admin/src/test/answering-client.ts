import { ApolloClient, ApolloLink, Observable } from '@apollo/client';
import { GraphQLError } from 'graphql';
import { createCache } from '../apollo/cache.ts';

/** What the server answers to an operation: data, or an error it throws. */
export type Answers = Record<string, (variables: Record<string, unknown>) => Record<string, unknown> | Error>;

/** An error as the server sends it. */
export class ServerRefusal extends Error {
  readonly extensions: Record<string, unknown>;
  constructor(message: string, code: string, fields: { path: string; message: string }[] = []) {
    super(message);
    this.extensions = { code, fields };
  }
}

/** A client whose server is a table of answers. `asked` lists every request in order; subscriptions stay silent. */
export function createAnsweringClient(answers: Answers) {
  const asked: { name: string; variables: Record<string, unknown> }[] = [];
  const link = new ApolloLink((operation) => {
    const name = operation.operationName ?? '';
    asked.push({ name, variables: operation.variables });
    return new Observable((observer) => {
      const answer = answers[name]?.(operation.variables);
      if (!answer) return;
      queueMicrotask(() => {
        if (answer instanceof ServerRefusal)
          observer.next({ data: null, errors: [new GraphQLError(answer.message, { extensions: answer.extensions })] });
        else if (answer instanceof Error) return observer.error(answer);
        else observer.next({ data: answer });
        observer.complete();
      });
    });
  });
  return { client: new ApolloClient({ cache: createCache(), link, dataMasking: true }), asked };
}

import type { ReactNode } from 'react';

/** Facts as a list of terms, each name with its value; names are unique. */
export function FactList({
  className,
  facts,
}: {
  className: string;
  facts: readonly (readonly [name: string, value: ReactNode])[];
}) {
  return (
    <dl className={className}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

import { useEffect, useState } from 'react';

/** The value as it was once it has stood still for `ms`, so that typing asks the server only when it rests. */
export function useDebounced<T>(value: T, ms: number): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return rested;
}

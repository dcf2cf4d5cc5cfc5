type Numbers = Uint8Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

/** The same numbers in an array of at least `length`; a longer one is half as long again, so that growing stays cheap. */
export function grown<T extends Numbers>(numbers: T, length: number): T {
  if (length <= numbers.length) return numbers;
  const make = numbers.constructor as new (length: number) => T;
  const longer = new make(Math.max(length, Math.ceil(numbers.length * 1.5), 16));
  longer.set(numbers);
  return longer;
}

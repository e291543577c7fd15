/** A function that does its work when it is first called, and gives the same result from then on. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}

/** A function that does its work once for each argument, and gives the same result from then on. */
export function remembered<Argument, T>(work: (argument: Argument) => Promise<T>): (argument: Argument) => Promise<T> {
  const known = new Map<Argument, () => Promise<T>>();
  return (argument) => {
    const result = known.get(argument) ?? once(() => work(argument));
    known.set(argument, result);
    return result();
  };
}

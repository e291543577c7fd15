/** What an instance of a kernel is told before its first call: the numbers that it exports. */
export type KernelParameters<Exports> = {
  readonly [Name in keyof Exports as Exports[Name] extends WebAssembly.Global ? Name : never]: number;
};

/**
 * Sets all parameters of an instance, each by its name. Addresses in bytes; 0 for a part that is absent.
 *
 * Closes over nothing, since it is sent to worker threads as text.
 */
export function setParameters<Exports>(kernel: Exports, values: KernelParameters<Exports>): void {
  for (const [name, value] of Object.entries<number>(values))
    (kernel as Record<string, { value: number }>)[name]!.value = value;
}

/** A program and its arguments, as they are: there is no shell. */
export interface CommandCall {
  readonly command: readonly string[];
  /** Added to what the command inherits. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
}

/** How a command ended. Texts are the last lines of what it wrote. */
export interface CommandEnd {
  readonly end:
    | { readonly kind: 'exit'; readonly code: number }
    | { readonly kind: 'signal'; readonly signal: string }
    | { readonly kind: 'timeout' }
    /** It was never started. `near`: a program of a similar name that there is. */
    | { readonly kind: 'not_found' | 'not_executable'; readonly looked: string; readonly near: string | null };
  readonly stdout: string;
  readonly stderr: string;
}

/** What lies where a command was to write a file. */
export type WrittenFile =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'absent' }
  /** A link, folder, pipe or device: `what`, in words. It was not opened. */
  | { readonly kind: 'not_a_file'; readonly what: string }
  /** More bytes than were asked for. They were not read. */
  | { readonly kind: 'too_large'; readonly bytes: number };

/** A folder that commands share files through. It is gone when the work is done. */
export interface ExchangeFolder {
  /** The absolute path of a file in it. */
  path(name: string): string;
  /** Writes a text that comes in pieces. */
  write(name: string, pieces: Iterable<string>): Promise<void>;
  read(name: string, maxBytes: number): Promise<WrittenFile>;
  /** Runs a command in the project's folder and waits until it and all that it started have ended. */
  run(call: CommandCall): Promise<CommandEnd>;
}

/** Runs commands of the user's. They end when this process ends. */
export interface ProcessRunner {
  withFolder<T>(work: (folder: ExchangeFolder) => Promise<T>): Promise<T>;
}

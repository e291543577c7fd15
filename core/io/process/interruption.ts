const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Whether this process was asked to end. Nothing is listened to before somebody watches. */
export interface Interruption {
  watch(): AbortSignal;
  forget(): void;
}

export function createInterruption(): Interruption {
  const controller = new AbortController();
  let isWatching = false;
  const onSignal = () => {
    controller.abort();
    // Whoever asks again does not want to wait.
    forget();
  };
  const forget = () => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  return {
    watch() {
      if (!isWatching) for (const signal of SIGNALS) process.on(signal, onSignal);
      isWatching = true;
      return controller.signal;
    },
    forget,
  };
}

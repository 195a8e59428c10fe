import type { ServiceEvent } from './api.ts';

export interface Events {
  emit(event: ServiceEvent): void;
  on(listener: (event: ServiceEvent) => void): () => void;
  /** Tells it unless the same was told before. */
  once(severity: 'info' | 'warning' | 'error', message: string): void;
  /** The same may be told again. */
  forget(message: string): void;
}

/** Listeners of the service; one that throws costs the others nothing. */
export function createEvents(): Events {
  const listeners = new Set<(event: ServiceEvent) => void>();
  const told = new Set<string>();
  function emit(event: ServiceEvent): void {
    for (const listener of listeners) {
      try {
        listener(event);
      } catch {
        // What a listener makes of it is its own affair.
      }
    }
  }
  return {
    emit,
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    once(severity, message) {
      if (told.has(message)) return;
      told.add(message);
      emit({ kind: 'message', severity, message });
    },
    forget: (message) => told.delete(message),
  };
}

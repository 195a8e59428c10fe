const waiting: (() => void)[] = [];
let channel: MessageChannel | undefined;

/** A turn of the event loop. Messages are quicker than timers, which browsers hold back for 4 ms. */
function turn(): Promise<void> {
  if (!channel) {
    channel = new MessageChannel();
    channel.port1.onmessage = () => waiting.shift()?.();
  }
  const { port2 } = channel;
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(null);
  });
}

/** Lets whatever waits go first: messages that have come, and what they set off. */
export async function browserPause(): Promise<void> {
  await turn();
  await turn();
}

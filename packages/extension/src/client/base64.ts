/** Base64 in any host. `btoa` takes text, and a call with more than some 100,000 arguments overflows the stack. */
export function base64(bytes: Uint8Array): string {
  const chunk = 0x8000;
  let text = '';
  for (let at = 0; at < bytes.length; at += chunk)
    text += String.fromCharCode(...bytes.subarray(at, at + chunk));
  return btoa(text);
}
